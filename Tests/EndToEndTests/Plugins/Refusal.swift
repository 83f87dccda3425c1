import Foundation
import PlumblineTestSupport
import Testing

extension TwoHubs {
    /// Expects that a command with `--json` is refused with a sentence, and that nothing of the workspace changes.
    func expectRefusal(
        _ status: Int32 = 4, code: String? = nil, saying words: String...,
        by location: SourceLocation = #_sourceLocation,
        _ command: () throws -> Finished
    ) throws {
        let before = try state()
        let finished = try command()
        let said = Comment(rawValue: "\(finished.status): \(finished.output)\(finished.errors)")
        #expect(finished.status == status, said, sourceLocation: location)
        if let code { #expect(finished.errorCode == code, said, sourceLocation: location) }
        let message = finished.errorMessage ?? ""
        for word in words { #expect(message.contains(word), said, sourceLocation: location) }
        #expect(message.utf8.allSatisfy { $0 >= 0x20 }, said, sourceLocation: location)
        #expect(message.utf8.count < 2000, said, sourceLocation: location)
        let after = try state()
        #expect(Set(before.keys) == Set(after.keys), said, sourceLocation: location)
        #expect(before == after, said, sourceLocation: location)
    }

    /// Runs a command of `plumb plugin` with `--json` in the workspace.
    func plugin(_ arguments: String...) throws -> Finished {
        try run(BuiltProgram.plumb, ["plugin"] + arguments + ["--json"], in: workspace.folder)
    }
}
