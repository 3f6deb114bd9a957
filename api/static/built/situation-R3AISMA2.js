import{f as o}from"./part-6VX4CP7U.js";document.documentElement.dataset.rows=o("rows",{count:0});
