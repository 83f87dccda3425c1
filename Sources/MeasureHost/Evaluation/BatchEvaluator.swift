import MeasureModel

/// Evaluates a batch: rows are grouped once, then every measure of the batch runs on the gathered columns.
struct BatchEvaluator {
    let frames: FrameStore
    let pseudonymSalt: UInt64
    let dayStarts: DayStarts

    /// Reports each task as soon as it is finished.
    func evaluate(_ batch: Batch, report: (Int, TaskResult) -> Void) throws(Failure) -> BatchSummary {
        guard let dataset = frames.datasets[batch.from] else {
            throw Failure(.refused, "there are no data of `\(batch.from)`")
        }
        let grouping = FrameStore.Grouping(
            dimensions: batch.dimensions, periods: batch.periods, asOf: batch.asOf, asOfInstant: batch.asOfInstant)
        let frame: Frame
        do {
            frame = try frames.frame(dataset, grouping, byDate: true)
        } catch {
            // Data that contradict themselves concern the measures of this grouping, not the worker.
            for (index, task) in batch.tasks.enumerated() {
                let failure = Failure(.refused, Failure.escaped(error.message), file: task.script.name)
                report(index, TaskResult(groups: [], failure: failure))
            }
            return BatchSummary()
        }
        for (index, task) in batch.tasks.enumerated() {
            let setting = Evaluation.Setting(
                frames: frames, periods: batch.periods, asOf: batch.asOf, asOfInstant: batch.asOfInstant,
                mayReadRows: task.mayReadRows, with: task.with, pseudonymSalt: pseudonymSalt,
                dayStarts: dayStarts, source: task.script.source, showsAnyWords: batch.allowsAnyResult)
            report(
                index,
                TaskEvaluator.run(
                    task, frame: frame, setting: setting, fixedKey: batch.fixedKey, allowsAny: batch.allowsAnyResult,
                    tellsEachGroup: batch.tasks.count == 1))
        }
        return frame.summary
    }
}
