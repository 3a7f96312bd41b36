namespace ReportScheduler;

internal static partial class ReportError
{
    public static ReportException NeitherTrueNorFalse(string text) =>
        new(nameof(NeitherTrueNorFalse), ReportErrorCategory.InvalidArgument, text,
            $"'{text}' is neither true nor false. Give true or false, yes or no, 1 or 0.");

    public static ReportException ValueEmpty(string parameter) =>
        new(nameof(ValueEmpty), ReportErrorCategory.InvalidArgument, parameter,
            $"The value of '{parameter}' is empty. Give one, or leave it out.");

    public static ReportException NotATable(string text) =>
        new(nameof(NotATable), ReportErrorCategory.InvalidArgument, text,
            $"'{text}' has no names with values. Give a hashtable such as @{{ amount = 'sum' }}, or an object with properties.");

    public static ReportException NotAName(string text) =>
        new(nameof(NotAName), ReportErrorCategory.InvalidArgument, text,
            $"'{text}' is not a name. Give a text, or an object with a Name or a TaskName.");
}
