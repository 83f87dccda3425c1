import ArgumentParser

struct DemoCommand: PlumbCommand {
    static let configuration = CommandConfiguration(commandName: "demo", abstract: "A sample workspace.")

    @OptionGroup var common: CommonOptions

    func execute(_ console: Console) throws -> ExitStatus { .done }
}
