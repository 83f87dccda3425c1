import PluginPackaging
import Testing

/// What errors of plugins look like.
struct PluginErrorTests {
    @Test func codesAreOfTheContract() {
        for code in PluginError.Code.allCases {
            #expect(code.rawValue.wholeMatch(of: /[a-z_]+/) != nil, "\(code.rawValue)")
        }
    }
}
