import MeasureModel
import PluginPackaging
import PluginRegistry
import Workspace

/// Shows what a plan changes: versions, what may be read that could not be read before, and how the sources differ.
struct PluginChangeReport {
    private let console: Console
    private let changes: [PluginChange]

    init(_ console: Console, _ changes: [PluginChange]) {
        self.console = console
        self.changes = changes
    }

    func show() {
        for change in changes { console.show(text(of: change)) }
        let waiting = changes.filter(\.needsApproval).map(\.name.description)
        guard !waiting.isEmpty else { return }
        console.show(
            "Nothing of \(waiting.joined(separator: ", ")) runs before you approve it: look at the sources in "
                + "\(PluginShelf.folderName)/, then run\n  plumb plugin approve \(waiting.joined(separator: " "))")
    }

    private func text(of change: PluginChange) -> String {
        var lines: [String]
        switch (change.from, change.to) {
        case (nil, let new?): lines = [console.bold("\(change.name) \(new) is added")]
        case (let old?, nil): return console.bold("\(change.name) \(old) is removed")
        case (let old, let new):
            let step = old == new ? "is edited" : "becomes \(new ?? "")"
            lines = [console.bold("\(change.name) \(old ?? "") \(step)")]
        }
        if let reason = change.revoked, let old = change.from {
            lines.append(console.yellow("  \(old) was revoked: \(reason)"))
        }
        lines.append("  may read \(PluginText.reads(change.reads))")
        if change.from != nil {
            lines.append(
                change.newReads.isEmpty
                    ? "  and nothing that it could not read before"
                    : console.yellow("  could not read before: \(PluginText.reads(change.newReads))"))
        }
        if let since = change.since, since != change.from { lines.append("  beside \(since), which was approved:") }
        for difference in change.differences {
            lines.append("  \(difference.path): +\(difference.added) -\(difference.removed) lines")
            // Of a new plugin everything is new, and lies there to be read.
            if change.from != nil { lines += difference.lines.map { $0.isEmpty ? "" : "    \(colored($0))" } }
        }
        return lines.joined(separator: "\n")
    }

    private func colored(_ line: String) -> String {
        switch line.first {
        case "+": console.green(line)
        case "-": console.red(line)
        default: line
        }
    }

    var json: JSON {
        .array(
            changes.map { change in
                .object([
                    ("name", .string(change.name.description)), ("from", .optional(change.from)),
                    ("to", .optional(change.to)),
                    ("revoked", .optional(change.revoked)),
                    ("reads", PluginText.json(change.reads)), ("new_reads", PluginText.json(change.newReads)),
                    ("needs_approval", .bool(change.needsApproval)),
                    ("differences", .array(change.differences.map(json))),
                ])
            })
    }

    private func json(_ difference: SourceDifference) -> JSON {
        .object([
            ("file", .string(difference.path)), ("added", .integer(difference.added)),
            ("removed", .integer(difference.removed)), ("lines", .array(difference.lines.map(JSON.string))),
        ])
    }
}
