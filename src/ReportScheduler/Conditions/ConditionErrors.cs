using ReportScheduler.Text;

namespace ReportScheduler.Conditions;

internal static class ConditionErrors
{
    private const string Forms =
        "Give Always, HasRows or NoRows, or a comparison such as 'rows > 100', 'max(lag_s) > 60' or 'total(amount) < 1000 and rows > 0'.";

    public static ReportException ConditionNotUsable(string text, int position, string why) =>
        new(nameof(ConditionNotUsable), ReportErrorCategory.ParserError, text,
            $"'{text}' is not a condition: at position {position} {why}{(why.EndsWith('?') ? "" : ".")} {Forms}");

    public static ReportException ContractPartUnknown(string part, IReadOnlyList<string> parts) =>
        new(nameof(ContractPartUnknown), ReportErrorCategory.InvalidArgument, part,
            $"-Expect has '{part}', which it does not know.{NearMiss.Hint(part, parts)} Give {EnglishText.List(parts, "and")}, such as "
                + $"@{{ Columns = 'id:int', 'day:date'; Rows = '1..50000'; Fresh = 'day >= yesterday'; "
                + $"Total = 'amount within 20% of last' }}.");

    public static ReportException ContractNotUsable(string part, string text, string why) =>
        new(nameof(ContractNotUsable), ReportErrorCategory.InvalidArgument, text, $"-Expect cannot have {part} = '{text}': {why}.");

    /// <param name="name">What the figure is called.</param>
    /// <param name="text">What was given.</param>
    /// <param name="why">Why it cannot be that.</param>
    /// <param name="hasLast">Whether the report has a last run that a figure can be compared with.</param>
    public static ReportException KeyFigureNotUsable(string name, string text, string why, bool hasLast = true) =>
        new(nameof(KeyFigureNotUsable), ReportErrorCategory.InvalidArgument, text,
            $"The key figure '{name}' cannot be '{text}': {why}{(why.EndsWith('?') ? "" : ".")} Give a figure of the result such as "
                + "'sum(amount)', 'count()'"
                + $"{(hasLast ? ", 'Orders.avg(amount)' or 'sum(amount) vs last run'" : " or 'Orders.avg(amount)'")}.");

    public static ReportException KeyFiguresTooMany(int count, int most) =>
        new(nameof(KeyFiguresTooMany), ReportErrorCategory.InvalidArgument, count,
            $"-KeyFigure has {count} figures, and at most {most} stand above a report. Leave the less important ones to the table.");

    public static ReportException ConditionTooLong(int length, int most) =>
        new(nameof(ConditionTooLong), ReportErrorCategory.InvalidArgument, length,
            $"The condition has {length} characters, and at most {most} are understood. Let the query decide.");

    public static ReportException ConditionDatasetUnknown(string subject, string text, string dataset, IReadOnlyList<string> names) =>
        new(nameof(ConditionDatasetUnknown), ReportErrorCategory.InvalidArgument, text,
            $"The {subject} '{text}' names the dataset '{dataset}', which the report does not have.{NearMiss.Hint(dataset, names)} It "
                + $"has {EnglishText.List(names.Select(name => $"'{name}'"), "and")}.");

    public static ReportException ConditionColumnUnknown(string subject, string text, string column, IReadOnlyList<string> names) =>
        new(nameof(ConditionColumnUnknown), ReportErrorCategory.InvalidArgument, text,
            $"{Asker(subject, text)} asks for the column '{column}', which the result does not have.{NearMiss.Hint(column, names)} "
                + (names.Count == 0
                    ? "It has no columns."
                    : $"It has {EnglishText.List(names.Take(20).Select(name => $"'{name}'"), "and")}."));

    public static ReportException ConditionAmbiguous(string subject, string text, string column, IReadOnlyList<string> datasets) =>
        new(nameof(ConditionAmbiguous), ReportErrorCategory.InvalidArgument, text,
            $"{Asker(subject, text)} asks for the column '{column}', which "
                + $"{EnglishText.List(datasets.Select(name => $"'{name}'"), "and")} have. "
                + $"Name the dataset in front, such as {datasets[0]}.max({column}).");

    public static ReportException ConditionNothingToAdd(string subject, string text, string figure, string words) =>
        new(nameof(ConditionNothingToAdd), ReportErrorCategory.InvalidArgument, text,
            $"{Asker(subject, text)} asks for {figure}, and the values of that column are {words}, which have no sum and no average. "
                + "Use count, distinct, min or max.");

    public static ReportException ConditionTypesDiffer(string text, string left, string leftIs, string right, string rightIs) =>
        new(nameof(ConditionTypesDiffer), ReportErrorCategory.InvalidArgument, text,
            $"The condition '{text}' compares {left}, which is {leftIs}, with {right}, which is {rightIs}. Compare values of one kind; "
                + "a date is written as 'yyyy-MM-dd' or as a word such as yesterday.");

    // a contract is one condition of several, and named by its parameter
    private static string Asker(string subject, string text) => text.StartsWith('-') ? text : $"The {subject} '{text}'";
}
