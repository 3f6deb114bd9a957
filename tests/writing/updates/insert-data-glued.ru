INSERTDATA{<a:a><a:b>"c"}
