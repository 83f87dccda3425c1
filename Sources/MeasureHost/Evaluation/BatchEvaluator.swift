import MeasureModel

/// Evaluates a batch: rows are grouped once, then every measure of the batch runs on the gathered columns.
struct BatchEvaluator {
    let frames: FrameStore
    let pseudonymSalt: UInt64
    let dayStarts: DayStarts

    /// Reports what was found while rows were grouped, and each task as soon as it is finished.
    func evaluate(_ batch: Batch, found: (BatchSummary) -> Void, report: (Int, TaskResult) -> Void) {
        let grouping = FrameStore.Grouping(
            dimensions: batch.dimensions, periods: batch.periods, asOf: batch.asOf, asOfInstant: batch.asOfInstant)
        let frame: Frame
        do throws(DataError) {
            guard let dataset = frames.datasets[batch.from] else {
                throw DataError.noData(of: batch.from)
            }
            frame = try frames.frame(dataset, grouping, byDate: true)
        } catch {
            // Data that are missing or contradict themselves concern the measures of this grouping, not the worker.
            for (index, task) in batch.tasks.enumerated() {
                let failure = Failure(.refused, Failure.escaped(error.message), file: task.script.name)
                report(index, TaskResult(groups: [], failure: failure))
            }
            return
        }
        found(frame.summary)
        for (index, task) in batch.tasks.enumerated() {
            let visible = VisibleData(task.script.plugin)
            if let refusal = refusal(batch, visible, frame.dataset) {
                let failure = Failure(.refused, Failure.escaped(refusal), file: task.script.name)
                report(index, TaskResult(groups: [], failure: failure))
                continue
            }
            let setting = Evaluation.Setting(
                frames: frames, periods: batch.periods, asOf: batch.asOf, asOfInstant: batch.asOfInstant,
                mayReadRows: task.mayReadRows, with: task.with, visible: visible, pseudonymSalt: pseudonymSalt,
                dayStarts: dayStarts, sources: task.script.sources, showsAnyWords: batch.allowsAnyResult)
            report(
                index,
                TaskEvaluator.run(
                    task, frame: frame, setting: setting, fixedKey: batch.fixedKey, allowsAny: batch.allowsAnyResult,
                    tellsEachGroup: batch.tasks.count == 1))
        }
    }
    /// Why a script may not see rows of the batch as they are grouped.
    private func refusal(_ batch: Batch, _ visible: VisibleData, _ dataset: Dataset) -> String? {
        guard visible.has(dataset: batch.from) else { return DataError.noData(of: batch.from).message }
        return batch.dimensions.first { !visible.has($0, in: dataset) }.map {
            "\(batch.from) has no column `\($0)` to group by"
        }
    }
}
