public import Foundation
import MeasureModel
import Mustache
import Workspace

/// Writes an edition as static files that any web server can serve. Equal editions give equal bytes, `index.json`
/// aside.
public struct FeedExport {
    private let edition: FeedEdition

    /// An export of an edition.
    public init(_ edition: FeedEdition) {
        self.edition = edition
    }

    /// Writes all files into a folder, which is made if need be.
    ///
    /// - Throws: ``FeedError`` with `.notWritable`.
    public func write(to folder: URL) throws {
        let files = try files()
        do {
            try FileManager.default.createDirectory(
                at: folder.appending(path: "schema"), withIntermediateDirectories: true)
            for (path, bytes) in files + [("index.json", Array(index(files).prettyText().utf8))] {
                try Data(bytes).write(to: folder.appending(path: path), options: .atomic)
            }
        } catch {
            throw FeedError(.notWritable, "The feed cannot be written to \(folder.path): \(FileTrouble.reason(error)).")
        }
    }

    /// All files but the index, in order of their paths.
    func files() throws -> [(path: String, bytes: [UInt8])] {
        [
            ("index.html", Array(try page().utf8)),
            ("measures.json", Self.document("measures", edition.body.measures)),
            ("observations.csv", Array(FeedCSV(edition).text().utf8)),
            ("observations.json", Self.document("observations", edition.body.observations)),
            ("observations.ndjson", edition.body.observations),
            ("schema/index.schema.json", PackageResources.index_schema_json),
            ("schema/measures.schema.json", PackageResources.measures_schema_json),
            ("schema/observations.schema.json", PackageResources.observations_schema_json),
        ]
    }

    /// One document of the lines of a sealed body, which stay as they are.
    private static func document(_ name: String, _ lines: [UInt8]) -> [UInt8] {
        var bytes = Array("{\"\(name)\":[".utf8)
        for (index, line) in lines.split(separator: UInt8(ascii: "\n")).enumerated() {
            bytes += index == 0 ? Array("\n".utf8) : Array(",\n".utf8)
            bytes += line
        }
        return bytes + Array("\n]}\n".utf8)
    }

    private func page() throws -> String {
        let text = String(decoding: PackageResources.index_mustache, as: UTF8.self)
        let page = try MustacheTemplate(string: text).render(PageBuilder(edition).page())
        return VisibleText.of(page, keepingLines: true)  // names from files may hold marks that turn text around
    }

    private func index(_ files: [(path: String, bytes: [UInt8])]) -> JSON {
        .object([
            ("hub", .string(edition.hub)), ("audience", .string(edition.audience)),
            ("edition", .integer(edition.record.number)), ("run", .string(edition.record.run)),
            ("published_at", .string(edition.record.publishedAt)), ("as_of", .string(edition.record.asOf)),
            ("policy", .string(edition.record.policy)),
            (
                "files",
                .array(
                    files.map { file in
                        .object([
                            ("path", .string(file.path)), ("bytes", .integer(file.bytes.count)),
                            ("sha256", .string(ContentHash.of(file.bytes))),
                        ])
                    })
            ),
        ])
    }
}
