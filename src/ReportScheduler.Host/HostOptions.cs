namespace ReportScheduler.Host;

/// <summary>What the command line asks for.</summary>
/// <param name="ScriptPath">The script file to run; null when <paramref name="Command"/> is given.</param>
/// <param name="Command">PowerShell text to run.</param>
/// <param name="Arguments">What follows the script file.</param>
/// <param name="NonInteractive">Never prompt, even on a terminal.</param>
internal sealed record HostOptions(string? ScriptPath, string? Command, IReadOnlyList<ScriptArgument> Arguments, bool NonInteractive)
{
    public const string Usage = """
        ReportScheduler.Host [-NonInteractive] [-File] <script.ps1> [arguments]
        ReportScheduler.Host [-NonInteractive] -Command <text>

        Runs a script or a command in PowerShell with the ReportScheduler module imported.
        """;

    /// <summary>Reads a command line as <c>pwsh</c> does; null when it says nothing to run.</summary>
    public static HostOptions? Parse(IReadOnlyList<string> line)
    {
        var nonInteractive = false;
        for (var index = 0; index < line.Count; index++)
        {
            var rest = line.Skip(index + 1).ToList();
            switch (line[index].ToUpperInvariant())
            {
                case "-NONINTERACTIVE":
                    nonInteractive = true;
                    break;
                // there is neither a logo nor a profile here; commands written for pwsh work all the same
                case "-NOPROFILE" or "-NOLOGO":
                    break;
                case "-COMMAND" or "-C":
                    return rest.Count == 0 ? null : new HostOptions(null, string.Join(' ', rest), [], nonInteractive);
                case "-FILE" or "-F":
                    return rest.Count == 0 ? null : File(rest, nonInteractive);
                case var option when option.StartsWith('-'):
                    return null;
                default:
                    return File([.. line.Skip(index)], nonInteractive);
            }
        }

        return null;
    }

    private static HostOptions File(List<string> pathAndArguments, bool nonInteractive) =>
        new(pathAndArguments[0], null, [.. pathAndArguments.Skip(1).Select(ScriptArgument.Parse)], nonInteractive);
}
