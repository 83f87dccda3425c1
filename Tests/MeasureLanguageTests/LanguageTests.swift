import LuaSyntax
import MeasureLanguage
import Testing

/// What the entries say is whole and consistent.
struct LanguageTests {
    @Test func entriesAreUnique() {
        let names = MeasureLanguage.entries.map { "\($0.receiver?.rawValue ?? "")|\($0.name)" }
        #expect(Set(names).count == names.count)
    }

    @Test func wordsAreGivenForEverything() {
        for entry in MeasureLanguage.entries {
            #expect(!entry.gives.isEmpty && !entry.gives.hasSuffix("."), "\(entry.written)")
            for option in entry.options { #expect(!option.about.isEmpty && !option.standard.isEmpty) }
        }
    }

    @Test func estimatesWithIntervalsHaveAFormula() {
        for entry in MeasureLanguage.entries where entry.result == .value(.estimate) && entry.interval != nil {
            if case .verb = entry.form {
                #expect(entry.formula != nil, "\(entry.written) has an interval of what kind?")
            }
        }
    }

    @Test func masksHaveTheVerbsOfColumns() {
        let catalogue = MeasureLanguage.catalogue
        #expect(catalogue.verbs[.mask] == catalogue.verbs[.column])
        #expect(catalogue.verbs[.column]?["mean"] == .value(.estimate))
        #expect(catalogue.rowVerbs[.mask] == ["map", "values"])
        #expect(catalogue.fields[.group]?["n"] == .number)
    }

    @Test func anEntryIsWrittenAsItIsCalled() {
        let written = Set(MeasureLanguage.entries.map(\.written))
        #expect(
            written.isSuperset(of: [
                "g.n", "g:where(mask)", "col:quantile(p, options)", "weighted:mean()", "ratio(a, b)", "e.value",
            ]))
    }
}
