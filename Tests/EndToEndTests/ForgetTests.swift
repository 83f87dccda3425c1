import Foundation
import PlumblineTestSupport
import Testing

/// `plumb data remove LOAD --forget`: rows are gone for good, and what was published stays.
struct ForgetTests {
    private func withPeople(_ body: (PeopleWorkspace) throws -> Void) throws {
        try withTemporaryFolder { folder in try body(try PeopleWorkspace(in: folder)) }
    }

    private func forget(_ people: PeopleWorkspace, _ load: String = "people") throws -> Finished {
        try people.small.plumb("data", "remove", load, "--forget", "--json")
    }

    @Test func nothingOfTheRowsIsLeft() throws {
        try withPeople { people in
            try people.indiscreetNight()
            let before = try people.secretsFound().joined(separator: "\n")
            for place in [".arrow", "people.csv", "run_", "store.sqlite"] {
                #expect(before.contains(place), "\(place)")
            }
            let published = try people.small.published()
            let forgotten = try forget(people)
            #expect(forgotten.status == 0, "\(forgotten.errors)")
            #expect(try people.secretsFound() == [])
            #expect(try people.small.published() == published, "the edition stays")
            #expect(try people.small.plumb("edition", "show").status == 0)
            #expect(try people.rowCount() == 26, "the other load stays")
            #expect(try people.small.plumb("doctor").status == 0)
        }
    }

    @Test func whatIsReported() throws {
        try withPeople { people in
            let json = try forget(people).json()
            #expect(json["dataset"] as? String == "survey")
            #expect(json["load"] as? String == "people")
            #expect((json["forgotten"] as? [String])?.count == 1)
            #expect(json["removed_files"] as? Int == 1)
            #expect(json["versions_left"] as? [String] == [])
            try people.importPeople()
            let text = try people.small.plumb("data", "remove", "survey/people", "--forget").output
            #expect(text.hasPrefix("survey/people is forgotten: 1 file removed; the dataset has 1 load now\n"))
            #expect(text.contains("Published editions stay as they are"))
        }
    }

    /// A letter keeps which measure failed and how, and loses what the script said.
    @Test func runLettersLoseTheirMessages() throws {
        try withPeople { people in
            try people.indiscreetNight()
            _ = try forget(people)
            let folder = people.small.folder.appending(path: ".plumbline/runs")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            let texts = try names.sorted().map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
            #expect(texts.count == 2)
            for text in texts {
                #expect(text.contains("east/shout"))
                #expect(text.contains("lua_error"))
                #expect(text.contains("the message was removed when data were forgotten"))
            }
        }
    }

    /// The next night computes anew what used the rows; last good values that rest on them are no more.
    @Test func whatWasComputedIsNotUsedAgain() throws {
        try withPeople { people in
            #expect(try people.small.night().status == 0)
            let with = try people.small.observations(of: "culture.trust").map { $0["n"] as? Int }
            _ = try forget(people)
            try people.small.write("Measures/trust.lua", SmallWorkspace.measure("culture.trust", value: "error('no')"))
            #expect(try people.small.night().status == 1)
            let statuses = try people.small.observations(of: "culture.trust").map { $0["status"] as? String }
            #expect(Set(statuses) == ["error"], "not stale: the old values rest on rows that are gone")
            try people.small.write(
                "Measures/trust.lua", SmallWorkspace.measure("culture.trust", value: "return g.trust:mean()"))
            #expect(try people.small.night().status == 0)
            let without = try people.small.observations(of: "culture.trust").map { $0["n"] as? Int }
            #expect(with.first == 20)
            #expect(without.first == 12)
        }
    }

    /// A night of one measure carries the others over, but not what rests on rows that are gone.
    @Test func aNightOfOneMeasure() throws {
        try withPeople { people in
            try people.small.write("Measures/other.lua", SmallWorkspace.measure("other", value: "return g.trust:max()"))
            #expect(try people.small.night().status == 0)
            _ = try forget(people)
            #expect(try people.small.night("--only", "other").status == 0)
            #expect(try people.small.observations(of: "culture.trust").first?["n"] as? Int == 12)
        }
    }

    /// Importing the same file again, before or after, works as if nothing had been.
    @Test func theSameRowsComeBack() throws {
        try withPeople { people in
            let before = try people.small.plumb("data", "survey", "--json").output
            _ = try forget(people)
            try people.importPeople()
            #expect(try people.small.plumb("data", "survey", "--json").output == before)
            #expect(try people.small.plumb("eval", "--expr", "g.trust:mean()").status == 0)
            #expect(try forget(people).status == 0)
            #expect(try people.secretsFound() == [])
        }
    }

    @Test func allVersionsUnderAName() throws {
        try withPeople { people in
            try people.importPeople("Tatzelwurm")
            let versions = try people.small.plumb("data", "survey").output
            #expect(versions.contains("not in use"))
            _ = try people.small.plumb("data", "remove", "people")
            #expect(try !people.secretsFound(["Tatzelwurm", "Wolpertinger"]).isEmpty, "taken out, not forgotten")
            let again = try people.small.plumb("data", "remove", "people", "--json")
            #expect(again.status == 2)
            #expect(again.errorMessage?.contains("plumb data remove people --forget") == true)
            let forgotten = try people.small.plumb("data", "remove", "people", "--forget")
            #expect(forgotten.output.contains("in all its 2 versions"))
            #expect(try people.secretsFound(["Tatzelwurm", "Wolpertinger", "Xanthippe"]) == [])
        }
    }

    /// Somebody's row was taken out of the export and the file imported again: the older version goes by its id.
    @Test func oneVersionByItsID() throws {
        try withPeople { people in
            try people.importPeople("Tatzelwurm")
            let datasets = try people.small.plumb("data", "survey", "--json").json()["datasets"] as? [[String: Any]]
            let old = (datasets?.first?["not_in_use"] as? [[String: Any]])?.first?["id"] as? String
            let forgotten = try forget(people, try #require(old))
            #expect(forgotten.status == 0)
            #expect((try forgotten.json()["versions_left"] as? [String])?.count == 1)
            #expect(try people.secretsFound(["Wolpertinger"]) == [])
            #expect(try !people.secretsFound(["Tatzelwurm"]).isEmpty)
            #expect(try people.rowCount() == 34)
        }
    }

    /// Two loads with the very same rows share their files: those stay for the other one.
    @Test func rowsThatAnotherLoadHasToo() throws {
        try withPeople { people in
            try people.importPeople(as: "copy")
            let forgotten = try forget(people)
            #expect(try forgotten.json()["same_rows_in"] as? [String] == ["survey/copy"])
            #expect(try forgotten.json()["removed_files"] as? Int == 0)
            #expect(try people.rowCount() == 34)
            #expect(try people.small.plumb("eval", "--expr", "g.trust:mean()").status == 0)
            #expect(try forget(people, "copy").status == 0)
            #expect(try people.secretsFound() == [])
        }
    }

    @Test func unknownLoads() throws {
        try withPeople { people in
            for options in [[], ["--forget"]] {
                let refused = try run(
                    BuiltProgram.plumb, ["data", "remove", "poeple", "--json"] + options, in: people.small.folder)
                #expect(refused.status == 2)
                #expect(refused.errorCode == "unknown_name")
                let message = refused.errorMessage ?? ""
                #expect(message.contains("did you mean `people`?"), "\(message)")
                #expect(message.contains("there are survey/people, survey/survey"), "\(message)")
            }
            #expect(try forget(people).status == 0)
            #expect(try forget(people).status == 2, "it is gone")
            #expect(try forget(people, "survey").status == 0)
            #expect(try forget(people, "survey").errorMessage?.contains("there are no loads") == true)
        }
    }

    /// The same key in two loads is caught before and after one of them is forgotten.
    @Test func keysAcrossLoads() throws {
        try ImportFolder.with(datasets: "  survey: { class: staff, person: respondent, keys: [respondent] }") {
            workspace in
            try workspace.load("respondent,network,trust\na,east,1\nb,east,2\n", as: "first")
            try workspace.write("second.csv", "respondent,network,trust\nb,east,3\nc,west,4\n")
            func load(_ name: String) throws -> Int? {
                let imports = try workspace.plumb("import", "survey", "\(name).csv", "--max-rejects", "5").json()[
                    "imports"]
                return (imports as? [[String: Any]])?.first?["rows_rejected"] as? Int
            }
            #expect(try load("second") == 1, "b is in the first load")
            #expect(try workspace.plumb("data", "remove", "first", "--forget").status == 0)
            #expect(try load("second") == 0, "b is new now")
            #expect(try load("first") == 1, "b is in the second load")
            #expect(try workspace.values("g.trust:count()") == ["": 3])
        }
    }
}

/// Forgetting that is interrupted, and other commands at the same time.
struct ForgetTroubleTests {
    /// What can be seen from outside while rows are being forgotten.
    enum Moment: String, CaseIterable, CustomTestStringConvertible {
        case atOnce, theLogGrows, aFileIsGone, theRejectsAreGone, theLetterIsQuiet, theStoreIsRewritten
        var testDescription: String { rawValue }
    }

    /// Kills `process` as soon as the moment has come; it may end before.
    private func kill(_ process: Process, at moment: Moment, in folder: URL) {
        let store = folder.appending(path: "store.sqlite")
        func size(_ url: URL) -> Int {
            (try? FileManager.default.attributesOfItem(atPath: url.path))?[.size] as? Int ?? 0
        }
        func names(_ path: String) -> [String] {
            ((try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path)) ?? []).sorted()
        }
        func letters() -> Int { names("runs").reduce(0) { $0 + size(folder.appending(path: "runs/\($1)")) } }
        let log = URL(filePath: store.path + "-wal")
        let before = (size(log), names("loads/survey").count, names("rejects/survey").count, letters(), size(store))
        func hasCome() -> Bool {
            switch moment {
            case .atOnce: true
            case .theLogGrows: size(log) != before.0
            case .aFileIsGone: names("loads/survey").count != before.1
            case .theRejectsAreGone: names("rejects/survey").count != before.2
            case .theLetterIsQuiet: letters() != before.3
            case .theStoreIsRewritten: size(store) != before.4
            }
        }
        while process.isRunning, !hasCome() {}
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    @Test(arguments: Moment.allCases) func killedInTheMiddle(moment: Moment) throws {
        try withTemporaryFolder { folder in
            let people = try PeopleWorkspace(in: folder)
            try people.indiscreetNight()
            let published = try people.small.published()
            let forgetting = try BuiltProgram.start("data", "remove", "people", "--forget", in: people.small.folder)
            kill(forgetting, at: moment, in: people.small.folder.appending(path: ".plumbline"))
            // Either the old state or the new one, and both can be worked with.
            let rows = try people.rowCount()
            #expect(rows == 34 || rows == 26)
            let evaluated = try people.small.plumb("eval", "--expr", "g.trust:count()", "--json")
            #expect(evaluated.status == 0, "\(evaluated.output)")
            let again = try people.small.plumb("data", "remove", "people", "--forget", "--json")
            let wasThrough = again.status == 2 && rows == 26
            #expect(again.status == 0 || wasThrough, "\(again.output)")
            #expect(try people.secretsFound() == [])
            #expect(try people.rowCount() == 26)
            #expect(try people.small.plumb("doctor").status == 0)
            #expect(try people.small.published() == published)
        }
    }

    @Test func notWhileANightRuns() throws {
        try withTemporaryFolder { folder in
            let people = try PeopleWorkspace(in: folder)
            try people.small.write(
                "Measures/slow.lua",
                SmallWorkspace.measure(
                    "slow.one", value: "local x = 0 for i = 1, 3e7 do x = x + i % 7 end return g.trust:mean() + 0 * x"))
            let night = try BuiltProgram.start("nightly", "--as-of", "2026-06-30", in: people.small.folder)
            let children = "/proc/\(night.processIdentifier)/task/\(night.processIdentifier)/children"
            while night.isRunning, ((try? String(contentsOfFile: children, encoding: .utf8)) ?? "").isEmpty {}
            let refused = try people.small.plumb("data", "remove", "people", "--forget", "--json")
            #expect(refused.status == 5)
            #expect(refused.errorCode == "locked")
            #expect(refused.errorMessage?.contains("Wait for it to end") == true)
            night.waitUntilExit()
            #expect(night.terminationStatus == 0)
            #expect(try people.small.plumb("data", "remove", "people", "--forget").status == 0)
            #expect(try people.secretsFound() == [])
        }
    }

    /// Of two at once one does it; imports and evaluations beside them are as if they had come before or after.
    @Test func commandsAtOnce() throws {
        try withTemporaryFolder { folder in
            let people = try PeopleWorkspace(in: folder)
            try people.small.write("more.csv", SmallWorkspace.survey.replacing("2025-", with: "2024-"))
            let processes = try [
                ["data", "remove", "people", "--forget"], ["data", "remove", "people", "--forget"],
                ["import", "survey", "more.csv"], ["eval", "--expr", "g.trust:mean()"],
                ["data", "remove", "people", "--forget"], ["nightly", "--as-of", "2026-06-30"],
            ].map { try BuiltProgram.start($0, in: people.small.folder) }
            for process in processes { process.waitUntilExit() }
            let statuses = processes.map(\.terminationStatus)
            for index in [0, 1, 4] { #expect([0, 2, 5].contains(statuses[index]), "\(statuses)") }
            for index in [2, 3, 5] { #expect(statuses[index] == 0, "\(statuses)") }
            let last = try people.small.plumb("data", "remove", "people", "--forget")
            #expect([0, 2].contains(last.status))
            #expect(try people.rowCount() == 52)
            #expect(try people.secretsFound() == [])
            #expect(try people.small.plumb("doctor").status == 0)
        }
    }
}
