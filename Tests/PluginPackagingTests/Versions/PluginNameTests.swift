import PluginPackaging
import Testing

/// Names of plugins.
struct PluginNameTests {
    @Test func partsAreKept() throws {
        let name = try PluginName("river-bend_2/climate_1")
        #expect(name.hub == "river-bend_2")
        #expect(name.word == "climate_1")
        #expect(name.description == "river-bend_2/climate_1")
    }

    @Test func orderIsThatOfTheBytes() throws {
        let names = try ["a-b/x", "a/x", "a/y", "ab/x"].map { text in try PluginName(text) }
        #expect(names.shuffled().sorted() == names)
    }

    @Test(arguments: [
        ("", "`hub/name`"), ("climate", "`hub/name`"), ("a/b/c", "`hub/name`"), ("/climate", "a hub is written"),
        ("Riverbend/climate", "a hub is written"), ("-r/climate", "a hub is written"),
        ("r.b/climate", "a hub is written"),
        ("../climate", "a hub is written"), ("r/", "last part"), ("r/Climate", "last part"),
        ("r/1climate", "last part"),
        ("r/_climate", "last part"), ("r/cli-mate", "last part"), ("r/..", "last part"), ("r/klïma", "last part"),
        ("r/" + String(repeating: "a", count: 65), "64"), ("r\u{0}/a", "a hub is written"),
    ])
    func otherTextsAreRefused(_ text: String, _ reason: String) {
        let error = #expect(throws: NotationError.self) { try PluginName(text) }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
        #expect(error?.description.utf8.contains(0) == false)
    }
}
