using System.Management.Automation;

namespace ReportScheduler.Commands.Scripts;

internal static class ScriptErrors
{
    public static ReportException ScriptFailed(string dataset, string where, string detail, Exception inner) =>
        new(nameof(ScriptFailed), ReportErrorCategory.InvalidOperation, dataset,
            $"The script of '{dataset}' failed{where}: {detail}", inner);

    public static ReportException ScriptNotParsed(string dataset, int line, string detail, Exception? inner = null) =>
        new(nameof(ScriptNotParsed), ReportErrorCategory.ParserError, dataset,
            $"The script of '{dataset}' is not valid PowerShell. Correct it in line {line}: {detail}", inner);

    public static ReportException ScriptEmpty(string dataset) =>
        new(nameof(ScriptEmpty), ReportErrorCategory.InvalidArgument, dataset,
            $"The script of '{dataset}' is empty. Give -Script a script block that gives objects, such as {{ Get-Service }}.");

    public static ReportException ScriptExited(string dataset, int code) =>
        new(nameof(ScriptExited), ReportErrorCategory.InvalidOperation, dataset,
            $"The script of '{dataset}' ended itself with exit {code}, so its rows are not taken for whole. "
                + "Leave exit out, or write exit 0 where all is well and throw where it is not.");

    public static ReportException ScriptAsks(string question) =>
        new(nameof(ScriptAsks), ReportErrorCategory.InvalidOperation, question,
            $"The script asks '{question}', and no one can answer while a report is made. "
                + "Leave the question out, and give the value with -Parameters.");

    public static ReportException ScriptGaveFormat(string dataset) =>
        new(nameof(ScriptGaveFormat), ReportErrorCategory.InvalidData, dataset,
            $"The script of '{dataset}' gives what Format-Table and the like make for a screen, and no data. "
                + "Use Select-Object in place of the Format- command at its end.");

    public static ReportException ObjectsAreFormat() =>
        new(nameof(ObjectsAreFormat), ReportErrorCategory.InvalidData, null,
            "What came in is what Format-Table and the like make for a screen, and no data. "
                + "Use Select-Object in place of the Format- command in front.");

    public static ReportException ScriptModuleNotFound(string dataset, IEnumerable<string> modules, Exception inner) =>
        new(nameof(ScriptModuleNotFound), ReportErrorCategory.ObjectNotFound, dataset,
            $"The modules that the script of '{dataset}' requires ({string.Join(", ", modules)}) cannot be imported. "
                + $"Install them for the account that runs the report, or correct -RequiredModule: {inner.Message}", inner);

    public static ReportException ScriptParameterNotUsable(string dataset, string name, Exception inner) =>
        new(nameof(ScriptParameterNotUsable), ReportErrorCategory.InvalidArgument, name,
            $"The parameter '{name}' cannot be a variable of the script of '{dataset}', because PowerShell has a variable ${name} of its "
                + "own. Give the parameter another name.", inner);

    public static ReportException ScriptParameterMissing(string dataset, string name) =>
        new(nameof(ScriptParameterMissing), ReportErrorCategory.InvalidArgument, name,
            $"The script of '{dataset}' cannot run without its parameter '{name}', which has no value. Give -Parameters @{{ {name} = ... }}.");

    public static ReportException ScriptNotAllowed(string dataset) =>
        new(nameof(ScriptNotAllowed), ReportErrorCategory.PermissionDenied, dataset,
            $"The dataset '{dataset}' is a PowerShell script, which is code, and runners of this store do not run scripts. "
                + "Allow it with Set-ReportSchedulerOption -AllowScript $true once you know who can change the tasks of the store; "
                + "Invoke-ReportTask with the name of the task runs it without that.");

    public static ReportException ScriptNotAllowedInDatabase(string address) =>
        new(nameof(ScriptNotAllowedInDatabase), ReportErrorCategory.PermissionDenied, address,
            $"Runners do not run PowerShell scripts of the store '{address}': it is in a database, and whoever may write there could run "
                + "code on each computer that has a runner. Keep tasks with scripts in a store in a file, or run them with "
                + "Invoke-ReportTask and their name.");

    /// <summary>The error of a script that ended with one.</summary>
    public static ReportException Of(string dataset, Exception problem)
    {
        if (problem is ReportException known)
        {
            return known;
        }

        if (problem is ParseException { Errors: [var mistake, ..] })
        {
            return ScriptNotParsed(dataset, mistake.Extent.StartLineNumber, mistake.Message, problem);
        }

        for (var cause = problem; cause is not null; cause = cause.InnerException)
        {
            if (cause is ReportException own)
            {
                return own;
            }
        }

        var record = (problem as IContainsErrorRecord)?.ErrorRecord;
        return ScriptFailed(dataset, Where(record), record?.ToString() ?? problem.Message, problem);
    }

    /// <summary>The place of an error in a script, as in <c> in line 3 ('Get-Item x')</c>; empty when it has none.</summary>
    public static string Where(ErrorRecord? record) =>
        record?.InvocationInfo is { ScriptLineNumber: > 0 } place && place.Line != ScriptBody.Text
        ? $" in line {place.ScriptLineNumber}"
            + $"{(place.Line.Trim() is { Length: > 0 } line ? $" ({(line.Length <= 100 ? line : line[..97] + "...")})" : "")}"
        : "";
}
