function o(){return new Promise(s=>{let{port1:e,port2:n}=new MessageChannel;e.onmessage=()=>{e.close(),s()},n.postMessage(void 0)})}export{o as a};
