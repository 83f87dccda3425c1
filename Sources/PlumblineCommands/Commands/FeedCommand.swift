import ArgumentParser
import Feed
import Foundation
import MeasureModel
import Workspace

struct FeedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "feed", abstract: "The shared feed.", subcommands: [FeedExportCommand.self])
}

struct FeedExportCommand: PlumbCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write an edition as static files.")

    @OptionGroup var common: CommonOptions
    @Option(name: .customLong("to"), help: ArgumentHelp("The folder to write to.", valueName: "DIR")) var folder: String
    @Option(help: ArgumentHelp("The audience: hub, public, or a network.", valueName: "NAME")) var audience = "hub"
    @Option(help: ArgumentHelp("The edition (default: the newest).", valueName: "N")) var edition: Int?

    func execute(_ console: Console) throws -> ExitStatus {
        guard !folder.isEmpty else { throw UsageError("--to is the folder to write to.") }
        let workspace = try common.openWorkspace()
        let feed = try FeedEdition(
            workspace, try workspace.openStoreForReading(), audience: audience, number: edition)
        let target = URL(filePath: folder, directoryHint: .isDirectory)
        try FeedExport(feed).write(to: target)
        let page = target.appending(path: "index.html").path
        console.show(
            "Edition \(feed.record.number) for \(audience): \(feed.observations.count) observations in \(page)")
        console.emit(
            .object([
                ("edition", .integer(feed.record.number)), ("audience", .string(audience)),
                ("observations", .integer(feed.observations.count)), ("folder", .string(target.path)),
            ]))
        return .done
    }
}
