import CivilCalendar

/// Who is in which network, school, team and role, from when to when. The hub's staff have a network and nothing else.
///
/// Planted: how many teams have a teacher, a coach and a leader on the day from which the night looks.
enum RosterTable {
    static func exports(_ world: SampleWorld, _ truths: inout PlantedTruths) -> [SampleExport] {
        var complete = Tally("eng.team_complete", by: [[], ["network"], ["network", "district"]], minimum: 5)
        var table = SampleCSV(["person", "network", "district", "school", "team", "role", "start", "end"])
        for school in world.schools {
            for team in school.teams {
                let members = school.members(on: SampleHub.asOf).filter { $0.team?.id == team.id }
                complete.add(
                    ["network": school.network, "district": school.district], "all",
                    numerator: team.isComplete(on: SampleHub.asOf) ? 1 : 0, denominator: 1, n: 1,
                    persons: Dictionary(members.map { ($0.person, 1) }) { $1 })
                for place in team.places {
                    for holder in place.holders {
                        table.add([
                            holder.person, school.network, school.district, school.id, team.id, place.role,
                            holder.start.description, holder.end?.description ?? "",
                        ])
                    }
                }
            }
        }
        for network in world.networks {
            for place in network.staff {
                for holder in place.holders {
                    table.add([
                        holder.person, network.id, "", "", "", place.role, holder.start.description,
                        holder.end?.description ?? "",
                    ])
                }
            }
        }
        truths.observations += complete.observations
        return [SampleExport("roster", "roster", table)]
    }
}

/// The schools that change ideas are meant for, which of them were treated and when the program began, and when their
/// network launched its common change.
enum SitesTable {
    static func exports(_ world: SampleWorld) -> [SampleExport] {
        var table = SampleCSV([
            "school", "network", "district", "arm", "program_start", "launched", "is_target", "enrollment",
        ])
        for school in world.schools {
            table.add([
                school.id, school.network, school.district, school.isTreated ? "treated" : "comparison",
                OutcomesTable.treatmentStart.description, OutcomesTable.shiftStart.description,
                isTarget(school, world) ? "true" : "false", String(school.enrollment),
            ])
        }
        return [SampleExport("sites", "sites", table)]
    }

    /// All schools but every fifth; in the late network's district B only the first, so that its cell is small.
    static func isTarget(_ school: SampleSchool, _ world: SampleWorld) -> Bool {
        if school.network == world.late.id, school.district == "B" { return school.number == 1 }
        return school.number % 5 != 4
    }
}
