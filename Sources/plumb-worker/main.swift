import MeasureHost
import MeasureModel
import Workers

// Evaluates measures for `plumb`, in a process of its own: requests come on descriptor 0, replies go to 1, data are
// files that the parent opened. It links neither store nor network nor keys.

let service = WorkerService()
WorkerMain.run(memoryNeeded: { service.memoryNeeded }) { request, reply in
    service.answer(request, reply: reply)
}
