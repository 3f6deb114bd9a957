{let e=document.documentElement;e.dataset.scripts="";try{let t=localStorage.getItem("theme");(t==="dark"||t==="light")&&(e.dataset.theme=t)}catch{}}
