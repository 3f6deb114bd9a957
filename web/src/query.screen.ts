/** The query screen: a query is written, run and stopped; its answer is seen, kept, sent and saved. */

import { byId } from "./dom.js";
import { Workbench } from "./query/workbench.js";

const workbench = new Workbench(byId("workbench"), byId<HTMLFormElement>("ask"), byId<HTMLTextAreaElement>("query-text"), byId("answer"));
workbench.start();
void workbench.openEditor();
