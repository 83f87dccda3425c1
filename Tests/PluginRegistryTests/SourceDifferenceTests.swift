import Foundation
import PluginRegistry
import Statistics
import Testing

/// What a reviewer sees of a change.
struct SourceDifferenceTests {
    private func difference(_ old: String?, _ new: String?) -> SourceDifference {
        SourceDifference("x.lua", from: old.map { Array($0.utf8) }, to: new.map { Array($0.utf8) })
    }

    @Test func changedLinesStandWithThoseAround() {
        let old = (1...9).map { "line \($0)\n" }.joined()
        let change = difference(old, old.replacing("line 5\n", with: "line five\nand more\n"))
        #expect((change.removed, change.added) == (1, 2))
        #expect(
            change.lines == [
                "  line 3", "  line 4", "- line 5", "+ line five", "+ and more", "  line 6", "  line 7",
            ])
    }

    @Test func farChangesAreParted() {
        let old = (1...20).map { "\($0)\n" }.joined()
        let change = difference(old, old.replacing("2\n3\n", with: "3\n").replacing("18\n", with: "x\n"))
        #expect(change.lines.filter { $0 == "  ..." }.count == 1)
    }

    @Test func filesComeAndGo() {
        #expect(difference(nil, "a\nb\n").lines == ["+ a", "+ b"])
        #expect(difference("a\nb\n", nil).lines == ["- a", "- b"])
        #expect(difference("a\n", "a\n").lines.isEmpty)
        #expect(difference(nil, "").lines.isEmpty)
    }

    /// Taking what went and what stayed gives the old text, what came and what stayed the new one.
    @Test func linesAddUpToBothTexts() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<300 {
            let old = (0..<Int.random(in: 0..<7, using: &random)).map { _ in "\(Int.random(in: 0..<3, using: &random))"
            }
            let new = (0..<Int.random(in: 0..<7, using: &random)).map { _ in "\(Int.random(in: 0..<3, using: &random))"
            }
            let change = difference(old.map { $0 + "\n" }.joined(), new.map { $0 + "\n" }.joined())
            #expect(old.count - change.removed == new.count - change.added)
            let shown = change.lines.filter { $0 != "  ..." }
            guard !shown.isEmpty, !change.lines.contains("  ..."), max(old.count, new.count) <= 3 else { continue }
            #expect(shown.filter { !$0.hasPrefix("+") }.map { String($0.dropFirst(2)) } == old)
            #expect(shown.filter { !$0.hasPrefix("-") }.map { String($0.dropFirst(2)) } == new)
        }
    }

    /// A hostile update of 60,000 short lines is shown, and not compared line with line.
    @Test func hugeFilesAreReplacedAsAWhole() {
        let old = String(repeating: "a\n", count: 30_000)
        let new = String(repeating: "b\n", count: 30_000)
        let change = difference(old, new)
        #expect((change.removed, change.added) == (30_000, 30_000))
    }
}
