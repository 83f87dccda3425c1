import Columnar
public import Foundation
import TabularIO

/// One file of a load that is not what was imported.
public struct LoadDamage: Equatable, Sendable {
    /// The dataset.
    public var dataset: String
    /// The load's name.
    public var load: String
    /// The load's id.
    public var loadID: String
    /// The file it was imported from.
    public var sourceFile: String
    /// The network whose rows the file holds; empty outside a workspace's networks.
    public var network: String
    /// The file.
    public var file: URL
    /// The columns whose content is not what it was; none when the file as a whole is wrong.
    public var columns: [String]
    /// What is wrong with the file, as the end of a sentence that begins with it.
    public var problem: String

    /// What is wrong, as a sentence without its full stop.
    public var summary: String {
        let place = network.isEmpty ? file.path : "\(file.path) (network \(network))"
        return "The load \(dataset)/\(load) is damaged: \(place) \(problem)"
    }

    /// What to do, as a sentence.
    public var advice: String {
        "Import \(sourceFile) again (plumb import \(dataset) \(Self.quoted(sourceFile)) --as \(Self.quoted(load))), or "
            + "take the load out (plumb data remove \(Self.quoted("\(dataset)/\(load)")))."
    }

    private static func quoted(_ word: String) -> String {
        let isPlain = word.allSatisfy { $0.isLetter || $0.isNumber || "._-/".contains($0) }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}

/// Holds the files of loads against the hashes that were stored when they were imported: every byte of them.
public struct LoadCheck: Sendable {
    private let folder: LoadFolder

    /// A check of loads in a folder.
    public init(_ folder: LoadFolder) {
        self.folder = folder
    }

    /// Refuses loads that are damaged.
    ///
    /// - Throws: ``WorkspaceError`` with `.corrupt`; it names the first file and says how many more there are.
    public func require(_ loads: [LoadRecord]) throws(WorkspaceError) {
        let damages = damages(in: loads)
        guard let first = damages.first else { return }
        let others = damages.count - 1
        let more = others == 0 ? "" : " \(others) more files are damaged; `plumb doctor` names them."
        throw WorkspaceError(
            .corrupt, "\(first.summary). Nothing was computed from it. \(first.advice)\(more)", file: first.file.path)
    }

    /// What is damaged, in the order of the loads and their files.
    public func damages(in loads: [LoadRecord]) -> [LoadDamage] {
        let files = loads.flatMap { load in
            load.files.map { Subject(load: load, file: $0, url: folder.file(dataset: load.dataset, hash: $0.hash)) }
        }
        let opened = Parallel.map(files.count) { files[$0].open() }
        let parts = opened.enumerated().flatMap { place, file in file.parts.map { (place: place, part: $0) } }
        let findings = Parallel.map(parts.count) { opened[parts[$0].place].isIntact(parts[$0].part) }
        var damaged: [Int: [Part]] = [:]
        for (part, isIntact) in zip(parts, findings) where !isIntact {
            damaged[part.place, default: []].append(part.part)
        }
        return opened.enumerated().compactMap { place, file in file.damage(damaged[place] ?? []) }
    }
}

/// What is hashed as one.
private enum Part {
    case column(Int)
    case frame
}

/// One file of one load.
private struct Subject {
    var load: LoadRecord
    var file: LoadFile
    var url: URL

    /// The file with its table, or why there is none.
    func open() -> OpenedFile {
        do throws(Unusable) {
            return OpenedFile(subject: self, content: .success(try content()))
        } catch {
            return OpenedFile(subject: self, content: .failure(error))
        }
    }

    private func content() throws(Unusable) -> (file: MappedFile, table: Table) {
        let hash = LoadFile.hash(of: file.columns, rowCount: file.rowCount, network: file.network)
        guard hash == file.hash else {
            throw Unusable(problem: "cannot be judged: the store's own record of it is damaged")
        }
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
        guard let attributes else { throw Unusable(problem: "is gone") }
        guard LoadFolder.isPlainFile(url) else {
            let isLink = attributes[.type] as? FileAttributeType == .typeSymbolicLink
            throw Unusable(problem: isLink ? "was replaced by a link to another file" : "is no file any more")
        }
        do {
            let mapped = try MappedFile(path: url.path)
            return (mapped, try ArrowFileReader.read(mapped))
        } catch {
            throw Unusable(problem: Self.problem(error))
        }
    }

    private static func problem(_ error: ColumnarError) -> String {
        switch error.code {
        case .unreadable: "cannot be read: \(error.description)"
        default: "is no longer what was written: \(error.description)"
        }
    }
}

/// Why a file cannot be looked into.
private struct Unusable: Error {
    var problem: String
}

private struct OpenedFile: Sendable {
    var subject: Subject
    var content: Result<(file: MappedFile, table: Table), Unusable>

    /// Everything that has a hash of its own.
    var parts: [Part] {
        guard case .success(let (_, table)) = content else { return [] }
        return [.frame] + table.columns.indices.map(Part.column)
    }

    func isIntact(_ part: Part) -> Bool {
        guard case .success(let (file, table)) = content else { return true }
        switch part {
        case .frame: return subject.file.seal.map { $0 == LoadFile.seal(of: table, in: file) } ?? true
        case .column(let place):
            let column = table.columns[place]
            let known = subject.file.columns
            return known.indices.contains(place) && known[place].name.utf8.elementsEqual(column.name.utf8)
                && known[place].hash == ContentHash.of(column)
        }
    }

    /// What is wrong, given the parts that are.
    func damage(_ parts: [Part]) -> LoadDamage? {
        switch content {
        case .failure(let reason): return damage(problem: reason.problem, columns: [])
        case .success(let (_, table)):
            let names = table.columns.map(\.name)
            let columns = parts.compactMap { part in
                if case .column(let place) = part { names[place] } else { nil }
            }
            if !columns.isEmpty {
                return damage(problem: "no longer holds what was imported in \(Self.list(columns))", columns: columns)
            }
            guard parts.isEmpty, names == subject.file.columns.map(\.name), table.rowCount == subject.file.rowCount
            else {
                return damage(
                    problem: "is no longer what was written: its schema, footer or padding differs", columns: [])
            }
            return nil
        }
    }

    private static func list(_ columns: [String]) -> String {
        let shown = columns.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
        let more = columns.count > 3 ? " and \(columns.count - 3) more" : ""
        return columns.count == 1 ? "the column \(shown)" : "the columns \(shown)\(more)"
    }

    private func damage(problem: String, columns: [String]) -> LoadDamage {
        LoadDamage(
            dataset: subject.load.dataset, load: subject.load.name, loadID: subject.load.id,
            sourceFile: subject.load.sourceFile, network: subject.file.network, file: subject.url, columns: columns,
            problem: problem)
    }
}
