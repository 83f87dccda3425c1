import MeasureHost
import MeasureModel
import Workers

// The worker as it is shipped, but for one thing: measures that say `native` run with a host that makes calls of the
// system for them.

let service = WorkerService()
WorkerMain.run(memoryNeeded: { service.memoryNeeded }) { request, reply in
    guard case .evaluate(let batch) = request else { return service.answer(request, reply: reply) }
    for (index, task) in batch.tasks.enumerated() {
        if NativeHost.takes(task.script) {
            reply(.task(index: index, NativeHost.run(task.script)))
            continue
        }
        var alone = batch
        alone.tasks = [task]
        service.answer(.evaluate(alone)) { answer in
            if case .task(_, let result) = answer { reply(.task(index: index, result)) }
        }
    }
    reply(.batchDone)
}
