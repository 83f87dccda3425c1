import LuaSandbox
import MeasureModel

/// Counts who answered out of those who were to: the response rate that stands beside every number of a survey.
struct ResponseCounter {
    let host: Evaluation

    /// The count of a group; nil where nobody says who was to answer it, or nobody was.
    func count(_ group: GroupView, number: Int) -> ResponseCount? {
        guard let name = group.frame.dataset.description.eligible,
            let eligible = host.setting.frames.datasets[name]
        else { return nil }
        if let known = group.frame.responses[number] { return known }
        let announcements = host.setting.frames.announcements
        let count = announcements.hostWork(rows: group.count) { try? counted(group, eligible) }
        group.frame.responses[number] = .some(count)
        return count
    }

    private func counted(_ group: GroupView, _ eligible: Dataset) throws -> ResponseCount? {
        let expected = try Companions.rows(host, of: group, in: eligible)
        guard expected.count > 0 else { return nil }
        let dataset = group.frame.dataset
        guard let match = try host.setting.frames.match(dataset, eligible) else {
            // Nobody knows which of the anonymous answers are whose.
            return ResponseCount(respondents: try host.persons(group), eligible: try host.persons(expected))
        }
        let wanted = Set(expected.datasetRows { _ in true }.map { match.theirs[Int($0)] }).subtracting([-1])
        let answered = Set(group.datasetRows { _ in true }.map { match.ours[Int($0)] })
        return ResponseCount(respondents: wanted.intersection(answered).count, eligible: wanted.count)
    }
}
