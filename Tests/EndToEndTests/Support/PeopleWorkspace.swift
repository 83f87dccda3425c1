import Foundation
import PlumblineTestSupport

/// A workspace with a load `people` whose texts occur nowhere else, not even in the file it was imported from, which lies
/// outside.
struct PeopleWorkspace {
    let small: SmallWorkspace
    /// Texts that only the load brought.
    static let secrets = ["Xanthippe", "Quirinus", "Zebulon", "Kumquat", "Wolpertinger", "Habakkuk"]

    init(in folder: URL) throws {
        small = try SmallWorkspace(in: folder)
        try small.write(
            "codebooks/survey.yaml", "items:\n  trust: { label: \"I trust my team\", type: integer, range: [1, 6] }\n")
        try importPeople()
    }

    /// Something that should have worked did not.
    struct Failed: Error {
        var text: String
    }

    /// Eight persons with comments; of one the answer cannot be read.
    static func rows(_ comment: String = "Wolpertinger") -> String {
        var text = "respondent,network,role,trust,submitted,comment\n"
        for (index, name) in ["Xanthippe", "Quirinus", "Zebulon"].enumerated() {
            text += "\(name),east,coach,\(index + 1),2025-10-05,\(comment) \(index)\n"
        }
        for index in 0..<5 { text += "Habakkuk-\(index),east,teacher,6,2025-10-05,\(comment)\n" }
        return text + "Habakkuk-9,east,teacher,Kumquat,2025-10-05,\(comment)\n"
    }

    /// Imports the load, or another version of it.
    func importPeople(_ comment: String = "Wolpertinger", as name: String = "people") throws {
        let file = small.folder.deletingLastPathComponent().appending(path: "\(name).csv")
        try Data(Self.rows(comment).utf8).write(to: file)
        let imported = try small.plumb("import", "survey", file.path, "--max-rejects", "1")
        guard imported.status == 0 else { throw Failed(text: imported.errors) }
    }

    /// A night with a measure that shouts what it sees.
    func indiscreetNight() throws {
        try small.write(
            "networks/east/Measures/shout.lua",
            SmallWorkspace.measure("shout", value: "error('odd: ' .. g.comment:values()[1])").replacing(
                "columns = { \"trust\" }", with: "columns = { \"comment\" }"))
        let night = try small.night()
        guard night.status == 1 else { throw Failed(text: night.errors + night.output) }
    }

    /// Which of the texts occur in which files of the workspace's folder.
    func secretsFound(_ secrets: [String] = secrets) throws -> [String] {
        let walk = FileManager.default.enumerator(at: small.folder, includingPropertiesForKeys: [.isRegularFileKey])
        var found: [String] = []
        while let url = walk?.nextObject() as? URL {
            guard try url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else { continue }
            let bytes = try Data(contentsOf: url)
            for secret in secrets where bytes.firstRange(of: Data(secret.utf8)) != nil {
                found.append("\(secret) in \(url.lastPathComponent)")
            }
        }
        return found.sorted()
    }

    /// The rows that are in use.
    func rowCount() throws -> Int? {
        let datasets = try small.plumb("data", "survey", "--json").json()["datasets"] as? [[String: Any]]
        return datasets?.first?["rows"] as? Int
    }
}
