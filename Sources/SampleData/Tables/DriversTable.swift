import CivilCalendar

/// The theory of improvement of each network: its aim, three primary drivers, two secondary ones under each. The late network
/// has one primary driver, and one person who owns all.
///
/// Planted: how many drivers have a measure that is still collected.
enum DriversTable {
    struct Driver {
        var id: String
        var parent: String
        var level: String
        var title: String
        /// Nil where nothing is measured.
        var measure: PracticalMeasure?
    }

    /// A practical measure of a driver.
    struct PracticalMeasure {
        var name: String
        /// Nothing was collected after the first school year.
        var wasGivenUp = false
    }

    private static let titles = [
        ("Instruction", ["Lessons end with a check", "Tasks are at grade level"]),
        ("Belonging", ["Every student is known", "Families hear good news"]),
        ("Attendance", ["Absences are called about", "First periods are worth it"]),
    ]

    static func exports(_ world: SampleWorld, _ truths: inout PlantedTruths) -> [SampleExport] {
        var coverage = Tally("ci.measure_coverage", by: [[], ["network"]], minimum: 2)
        var table = SampleCSV(["driver", "network", "parent", "level", "title", "measure", "owner"])
        for network in world.networks {
            let drivers = drivers(of: network.id, world)
            let places = network.schools.flatMap(\.teams).compactMap(\.leader)
            let owners = drivers.indices.map { index in
                let place = network.id == world.late.id ? places[0] : places[index % places.count]
                return place.holders[place.holders.count - 1].person
            }
            for (driver, owner) in zip(drivers, owners) {
                table.add([
                    driver.id, network.id, driver.parent, driver.level, driver.title, driver.measure?.name ?? "", owner,
                ])
            }
            let live = drivers.filter { $0.measure.map { !$0.wasGivenUp } ?? false }.count
            coverage.add(
                ["network": network.id], "all", numerator: live, denominator: drivers.count, n: drivers.count,
                persons: Dictionary(owners.map { ($0, 1) }) { $1 })
        }
        truths.observations += coverage.observations
        return [SampleExport("drivers", "drivers", table)]
    }

    static func drivers(of network: String, _ world: SampleWorld) -> [Driver] {
        let index = world.networks.first { $0.id == network }?.index ?? 0
        let isLate = network == world.late.id
        var drivers: [Driver] = []
        for (number, (primary, secondary)) in titles.prefix(isLate ? 1 : 3).enumerated() {
            let parent = "\(network)-P\(number + 1)"
            drivers.append(Driver(id: parent, parent: "", level: "primary", title: primary))
            for (place, title) in secondary.enumerated() {
                drivers.append(
                    Driver(
                        id: "\(network)-S\(number + 1).\(place + 1)", parent: parent, level: "secondary", title: title))
            }
        }
        // Two of three drivers have a measure; the last of these was given up.
        let measured = drivers.indices.filter { ($0 + index) % 3 != 0 }
        for place in measured { drivers[place].measure = PracticalMeasure(name: "m-\(drivers[place].id)") }
        if !isLate, let last = measured.last { drivers[last].measure?.wasGivenUp = true }
        return drivers
    }
}
