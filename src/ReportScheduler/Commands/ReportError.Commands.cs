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

    public static ReportException PathNotInFiles(string path, string location) =>
        new(nameof(PathNotInFiles), ReportErrorCategory.InvalidArgument, path,
            $"'{path}' is no file or folder here: the current location is '{location}'. Give a full path, or go to a folder with Set-Location.");

    public static ReportException PathNotUsable(string path, Exception inner) =>
        new(nameof(PathNotUsable), ReportErrorCategory.InvalidArgument, path,
            $"'{path}' cannot be used as a path. Give the path of a file or folder: {inner.Message}", inner);

    public static ReportException StoreMissing(string path) =>
        new(nameof(StoreMissing), ReportErrorCategory.ObjectNotFound, path,
            $"There is no report store at '{path}', so nothing of it can be due. Give the -StorePath or -Scope of the store that has the tasks, or -AllowMissingStore where it may be made later.");

    public static ReportException NotAName(string text) =>
        new(nameof(NotAName), ReportErrorCategory.InvalidArgument, text,
            $"'{text}' is not a name. Give a text, or an object with a Name or a TaskName.");
}
