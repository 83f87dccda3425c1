import CivilCalendar
import Statistics

/// Practical measures, close to the work: each month schools count something for a driver, and look at what may have become
/// worse elsewhere (balancing measures, each with a limit).
///
/// Planted: in every network, district and quarter how many readings of balancing measures are above their limit. In the
/// late network's district B one person takes all readings of the first quarter.
enum PracticalTable {
    private static let balancing = [("lesson-time-lost", "0.25"), ("overtime", "0.5")]

    static func exports(_ world: SampleWorld, _ truths: inout PlantedTruths) -> [SampleExport] {
        var random = world.random("practical")
        var breaches = Tally(
            "out.balancing_breach", by: [[], ["network"], ["network", "district"]], minimum: 2)
        var table = SampleCSV([
            "measure", "driver", "kind", "network", "district", "school", "recorder", "date", "numerator",
            "denominator",
            "limit",
        ])
        for (number, quarter) in SampleCalendar.quarters.enumerated() {
            for network in world.networks {
                for district in SampleWorld.districts {
                    let isSmall = number == 0 && network.id == world.late.id && district == "B"
                    let readings = Readings(network, district, number, onlyOne: isSmall, world, &random)
                    for row in readings.rows { table.add(row) }
                    guard !readings.recorders.isEmpty else { continue }
                    breaches.add(
                        ["network": network.id, "district": district], quarter.label, numerator: readings.breaches,
                        denominator: readings.balancing, n: readings.balancing, persons: readings.recorders)
                }
            }
        }
        truths.observations += breaches.observations
        return [SampleExport("practical", "practical", table)]
    }

    /// The readings in one district of one network in one quarter.
    private struct Readings {
        let balancing: Int
        let breaches: Int
        private(set) var rows: [[String]] = []
        /// Who took the readings of balancing measures.
        private(set) var recorders: [String: Int] = [:]

        init(
            _ network: SampleNetwork, _ district: String, _ quarter: Int, onlyOne: Bool, _ world: SampleWorld,
            _ random: inout SplitMix64
        ) {
            let schools = network.schools.filter { $0.district == district }
            balancing = schools.count * 3 * PracticalTable.balancing.count
            breaches = Int((0.12 + 0.02 * Double(quarter % 3)) * Double(balancing))
            let isPast = random.choice(of: breaches, from: balancing)
            let measured = DriversTable.drivers(of: network.id, world).filter {
                $0.measure.map { !$0.wasGivenUp || quarter < 3 } ?? false
            }
            let only = onlyOne ? schools.first?.members(on: SampleCalendar.quarters[quarter].start).first : nil
            var reading = 0
            for school in schools {
                for month in 0..<3 {
                    let day = SampleCalendar.quarters[quarter].start.adding(days: 5 + 30 * month)
                    let members = school.members(on: day)
                    let recorder = (only ?? members[random.below(members.count)]).person
                    let start = [network.id, district, school.id, recorder, day.description]
                    for (name, limit) in PracticalTable.balancing {
                        let counts = Self.counts(isPast: isPast[reading], limit: Double(limit) ?? 0, &random)
                        rows.append([name, "", "balancing"] + start + counts + [limit])
                        reading += 1
                    }
                    recorders[recorder] = 1
                    for (place, driver) in measured.enumerated() where (place + school.number) % 2 == 0 {
                        let all = 18 + random.below(14)
                        let share = 0.45 + 0.03 * Double(quarter) + random.normal() * 0.1
                        let count = min(max(Int((share * Double(all)).rounded()), 0), all)
                        rows.append(
                            [driver.measure?.name ?? "", driver.id, "process"] + start + [
                                String(count), String(all), "",
                            ])
                    }
                }
            }
        }

        /// Past the limit by one or more; or up to the limit, often exactly at it, which is no breach.
        private static func counts(isPast: Bool, limit: Double, _ random: inout SplitMix64) -> [String] {
            let all = 20 + 4 * random.below(6)
            let most = Int(limit * Double(all))
            let count = isPast ? most + 1 + random.below(4) : max(0, most - random.below(5))
            return [String(count), String(all)]
        }
    }
}
