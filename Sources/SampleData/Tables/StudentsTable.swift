import CivilCalendar
import Statistics

/// One row for each enrolment of a ninth-grade student in a school year: days, marks, credits, a test before and after.
///
/// Planted: in every school, group and year how many are on track and how many chronically absent; a rise of test scores in
/// the treated schools in the last school year. In the third network's district B few students are multilingual. Every
/// school has students at the edges of the definitions: exactly a tenth of the days absent, exactly five credits and one F,
/// nine days enrolled, a transfer from another school in the middle of the year.
enum StudentsTable {
    /// In standard deviations of test scores.
    static let treatment = 0.25

    private static let header = [
        "student", "network", "district", "school", "school_year", "student_group", "left", "days_enrolled",
        "days_absent",
        "enrolled_before", "absent_before", "credits", "core_failures", "gpa", "low_marks", "suspensions",
        "score_before",
        "score",
    ]

    static let effects = [
        PlantedEffect(
            name: "scores", place: "students.score in schools with arm = treated, in standard deviations",
            size: treatment, from: OutcomesTable.treatmentStart.description,
            found: [.init(measure: "imp.hedges_g", part: "g", period: "2025-26", within: 0.05)]),
        PlantedEffect(
            name: "baseline", place: "students.score_before between the arms", size: 0, from: nil,
            found: [.init(measure: "imp.baseline_balance", part: "score_before", period: "2025-26", within: 0.05)]),
    ]

    static func exports(_ world: SampleWorld, _ truths: inout PlantedTruths) -> [SampleExport] {
        var random = world.random("students")
        var tallies = StudentTallies()
        var number = 0
        var exports: [SampleExport] = []
        for (yearNumber, year) in SampleCalendar.schoolYears.enumerated() {
            let label = SampleCalendar.schoolYearLabel(year)
            var common = SampleCSV(header)
            // In its first year the late network's file has no column of suspensions.
            var late = SampleCSV(header.filter { $0 != "suspensions" })
            for network in world.networks {
                let isLate = yearNumber == 0 && network.id == world.late.id
                for school in network.schools {
                    for group in SampleWorld.studentGroups {
                        let cohort = Cohort(school, network, group, year: yearNumber, world)
                        for student in cohort.students(&random) {
                            number += 1
                            let before = network.schools[(school.number + 1) % network.schools.count]
                            tallies.add(student, "s\(number)", cohort.key, label)
                            for row in student.rows("s\(number)", school, from: before, group, label) {
                                if isLate {
                                    late.add(
                                        row.enumerated().filter { header[$0.offset] != "suspensions" }.map(\.element))
                                } else {
                                    common.add(row)
                                }
                            }
                        }
                    }
                }
            }
            exports.append(SampleExport("students", label, common))
            if yearNumber == 0 { exports.append(SampleExport("students", "\(label)-\(world.late.id)", late)) }
        }
        truths.observations += tallies.observations
        return exports
    }
}

/// What must come out of the students.
private struct StudentTallies {
    private static let groupings = [
        [], ["network"], ["network", "district"], ["network", "district", "school"], ["student_group"],
        ["network", "district", "student_group"],
    ]
    private var onTrack = Tally("out.on_track", by: groupings, minimum: 10)
    private var absent = Tally("out.chronic_absence", by: groupings, minimum: 10)

    mutating func add(_ student: SampleStudent, _ id: String, _ key: [String: String], _ year: String) {
        if let isOnTrack = student.isOnTrack {
            onTrack.add(
                key, year, numerator: isOnTrack ? 1 : 0, denominator: 1, n: 1, persons: [id: 1])
        }
        if let isAbsent = student.isChronicallyAbsent {
            absent.add(
                key, year, numerator: isAbsent ? 1 : 0, denominator: 1, n: 1, persons: [id: 1])
        }
    }

    var observations: [PlantedObservation] { onTrack.observations + absent.observations }
}
