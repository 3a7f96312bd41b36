namespace ReportScheduler.Host;

/// <summary>What the command line asks for.</summary>
/// <param name="ScriptPath">The script file to run; null when <paramref name="Command"/> is given.</param>
/// <param name="Command">PowerShell text to run.</param>
/// <param name="Arguments">What follows the script file.</param>
/// <param name="NonInteractive">Never prompt, even on a terminal.</param>
/// <param name="NoModule">Leave the module to the engine, which finds it on PSModulePath when a cmdlet is used.</param>
internal sealed record HostOptions(string? ScriptPath, string? Command, IReadOnlyList<ScriptArgument> Arguments, bool NonInteractive, bool NoModule)
{
    public const string Usage = """
        ReportScheduler.Host [-NonInteractive] [-NoModule] [-File] <script.ps1> [arguments]
        ReportScheduler.Host [-NonInteractive] [-NoModule] -Command <text>

        Runs a script or a command in PowerShell with the ReportScheduler module imported
        (-NoModule: found on PSModulePath when one of its cmdlets is used).
        -NonInteractive never asks. -Command "Get-Command -Module ReportScheduler" lists
        the cmdlets, -Command "Get-Help New-ReportTask -Full" explains one.
        """;

    /// <summary>Whether a command line asks how to write one.</summary>
    public static bool AsksForHelp(IReadOnlyList<string> line) =>
        line is [var only] && only.ToUpperInvariant() is ("-HELP" or "--HELP" or "-H" or "-?" or "/?");

    /// <summary>Reads a command line as <c>pwsh</c> does; null when it says nothing to run.</summary>
    public static HostOptions? Parse(IReadOnlyList<string> line)
    {
        var nonInteractive = false;
        var noModule = false;
        for (var index = 0; index < line.Count; index++)
        {
            var rest = line.Skip(index + 1).ToList();
            switch (line[index].ToUpperInvariant())
            {
                case "-NONINTERACTIVE":
                    nonInteractive = true;
                    break;
                case "-NOMODULE":
                    noModule = true;
                    break;
                // there is neither a logo nor a profile here; commands written for pwsh work all the same
                case "-NOPROFILE" or "-NOLOGO":
                    break;
                case "-COMMAND" or "-C":
                    return rest.Count == 0 ? null : new HostOptions(null, string.Join(' ', rest), [], nonInteractive, noModule);
                case "-FILE" or "-F":
                    return rest.Count == 0 ? null : File(rest, nonInteractive, noModule);
                case var option when option.StartsWith('-'):
                    return null;
                default:
                    return File([.. line.Skip(index)], nonInteractive, noModule);
            }
        }

        return null;
    }

    private static HostOptions File(List<string> pathAndArguments, bool nonInteractive, bool noModule) =>
        new(pathAndArguments[0], null, [.. pathAndArguments.Skip(1).Select(ScriptArgument.Parse)], nonInteractive, noModule);
}
