import Foundation
import PlumblineCommands

exit(PlumbProgram.run(Array(CommandLine.arguments.dropFirst())))
