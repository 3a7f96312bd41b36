using ReportScheduler.Rows;
using ReportScheduler.Text;

namespace ReportScheduler.Sources;

internal static class SourceErrors
{
    public static ReportException ProviderUnknown(string name, IEnumerable<string> known) =>
        new(nameof(ProviderUnknown), ReportErrorCategory.InvalidArgument, name,
            $"'{name}' is not a known kind of database.{NearMiss.Hint(name, known)} Give -Provider: "
                + $"{EnglishText.List([.. known], "or")}.");

    public static ReportException ProviderNeeded(string name, IEnumerable<string> known) =>
        new(nameof(ProviderNeeded), ReportErrorCategory.InvalidArgument, name,
            $"The provider of '{name}' cannot be inferred from its connection string. "
                + $"Give -Provider: {EnglishText.List([.. known], "or")}.");

    public static ReportException NoConnectionMatches(string pattern, IEnumerable<string> known) =>
        new(nameof(NoConnectionMatches), ReportErrorCategory.ObjectNotFound, pattern,
            $"No report connection matches '{pattern}'. Make one with New-ReportConnection, or give another pattern; "
                + $"there {(known.Count() == 1 ? "is" : "are")} "
                + $"{EnglishText.List([.. known.Take(10).Select(name => $"'{name}'").DefaultIfEmpty("none")], "and")}.");

    public static ReportException NoServerGaveRows(string dataset, IReadOnlyList<SourceGap> gaps) =>
        new(nameof(NoServerGaveRows), ReportErrorCategory.ConnectionError, dataset,
            $"None of the {gaps.Count} servers of '{dataset}' gave rows. The first of them: '{gaps[0].Name}': {gaps[0].Error}");

    public static ReportException ServersNotUsable(string dataset, int count, IReadOnlyList<SourceGap> gaps) =>
        new(nameof(ServersNotUsable), ReportErrorCategory.ConnectionError, dataset,
            $"{gaps.Count} of the {count} servers of '{dataset}' cannot be used now: "
                + $"{string.Join("; ", gaps.Take(5).Select(gap => $"'{gap.Name}': {gap.Error.TrimEnd('.')}"))}"
                + $"{(gaps.Count > 5 ? $"; and {gaps.Count - 5} more" : "")}.");

    public static ReportException ServerTimedOut(string server, TimeSpan timeout) =>
        new(nameof(ServerTimedOut), ReportErrorCategory.OperationTimeout, server,
            $"The query took longer than {timeout:g} on '{server}' and was cancelled there. Give a longer -Timeout or a faster query.");

    public static ReportException ServerNotReplaceable(string connection, string provider, string server) =>
        new(nameof(ServerNotReplaceable), ReportErrorCategory.InvalidArgument, server,
            $"The connection '{connection}' cannot be used with the server '{server}': {provider} has none in its settings. "
                + "Make a connection for each database, and give their names or a wildcard in place of -Server.");

    public static ReportException InitSqlFailed(string name, string detail, Exception inner, bool transient) =>
        new(nameof(InitSqlFailed), ReportErrorCategory.InvalidData, name,
            $"The session SQL of '{name}' could not be run. Correct it with Set-ReportConnection -InitSql; "
                + $"an empty text removes it: {detail}", inner)
        { IsTransient = transient };

    public static ReportException NoResultSet(string server) =>
        new(nameof(NoResultSet), ReportErrorCategory.InvalidData, server,
            "The query gives no columns. A report needs a query that returns rows, such as a SELECT.");

    public static ReportException QueryFileNotReadable(string path, Exception inner) =>
        new(nameof(QueryFileNotReadable), ReportErrorCategory.ReadError, path,
            $"The query file '{path}' cannot be read. Check the path and its rights: {inner.Message}", inner);

    public static ReportException QueryFileNotText(string path, Exception? inner) =>
        new(nameof(QueryFileNotText), ReportErrorCategory.InvalidData, path,
            $"The query file '{path}' is not text that can be read without loss. Save it as UTF-8.", inner);

    public static ReportException QueryFileNotText(string path, byte stray, int line, int place) =>
        new(nameof(QueryFileNotText), ReportErrorCategory.InvalidData, path,
            $"The query file '{path}' is UTF-8 but for the byte 0x{stray:X2} in line {line} at place {place}. "
                + "Correct that letter, and save the file as UTF-8.");

    public static ReportException ParameterNameNotUsable(string name) =>
        new(nameof(ParameterNameNotUsable), ReportErrorCategory.InvalidArgument, name,
            $"'{name}' cannot be the name of a parameter. Give letters, digits and _, beginning with a letter, such as @{{ day = "
                + $"'yesterday' }} for @day.");

    public static ReportException ParameterValueNotUsable(string name, object? value) =>
        new(nameof(ParameterValueNotUsable), ReportErrorCategory.InvalidArgument, name,
            $"The value of the parameter '{name}' is a {value?.GetType().Name}. "
                + "Give a text, number, date, time, Boolean, GUID, bytes, or a list of such values without null.");

    public static ReportException ParameterValueNotUsable(string name, Array items) =>
        new(nameof(ParameterValueNotUsable), ReportErrorCategory.InvalidArgument, name, items.Length == 0
            ? $"The list of the parameter '{name}' is empty, and SQL has no empty list. "
                + "Give a value that nothing has, such as @(-1), or leave the condition out of the query."
            : $"The list of the parameter '{name}' has {(items.Cast<object?>().Contains(null) ? "a null" : "a list")} in it. "
                + "Give texts, numbers, dates and the like; what is NULL is found with IS NULL in the query.");

    public static ReportException RelativeDateUnknown(string text) =>
        new(nameof(RelativeDateUnknown), ReportErrorCategory.ParserError, text,
            $"'{text}' is not a relative date. Give now, today, yesterday, tomorrow, startOf Minute, Hour, Day, Week, Month, Quarter or "
                + "Year, or endOf Week, Month, Quarter or Year, and offsets in s, min, h, d, w, mo, q or y, such as startOfMonth-1mo; "
                + $"'text:{text}' means the text itself.");

    public static ReportException RelativeDateOutOfRange(string text) =>
        new(nameof(RelativeDateOutOfRange), ReportErrorCategory.InvalidArgument, text,
            $"'{text}' leads out of the calendar. Give an offset that stays between the years 1 and 9999.");

    public static ReportException ParameterMissing(string name, string dataset, IEnumerable<string> given) =>
        new(nameof(ParameterMissing), ReportErrorCategory.InvalidArgument, name,
            $"The query '{dataset}' mentions @{name}, which has no value.{NearMiss.Hint(name, given)} Give -Parameters @{{ "
                + $"{name} = ... }}.");

    public static ReportException ParameterUndeclared(string name, string task, IReadOnlyCollection<string> declared) =>
        new(nameof(ParameterUndeclared), ReportErrorCategory.InvalidArgument, name,
            $"The task '{task}' has no parameter '{name}'.{NearMiss.Hint(name, declared)} {(declared.Count == 0
                ? "Set-ReportTask -Parameters gives it one that its query mentions."
                : $"It has {EnglishText.List(declared.Select(each => $"'{each}'"), "and")}.")}");

    public static ReportException ParameterUnused(string name) =>
        new(nameof(ParameterUnused), ReportErrorCategory.InvalidArgument, name,
            $"No query mentions the parameter '{name}'. Write @{name} in the SQL text, or leave it out of -Parameters.");

    public static ReportException FileNotFound(string path, string purpose) =>
        new(nameof(FileNotFound), ReportErrorCategory.ObjectNotFound, path,
            $"There is no file '{path}' for the {purpose}. Give the path of a file that exists.");
}
