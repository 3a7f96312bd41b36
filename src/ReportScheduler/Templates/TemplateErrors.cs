using ReportScheduler.Exports;
using ReportScheduler.Text;

namespace ReportScheduler.Templates;

internal static class TemplateErrors
{
    public static ReportException FormatUnknown(string name) =>
        new(nameof(FormatUnknown), ReportErrorCategory.InvalidArgument, name,
            $"'{name}' is not a format. The formats are {string.Join(", ", ExportFormats.Names)}.");

    public static ReportException TemplateInvalid(string text, string member, int line, string what) =>
        new(nameof(TemplateInvalid), ReportErrorCategory.ParserError, text,
            $"The template of {member} is wrong in line {line}: {what.TrimEnd('.')}. "
                + $"Templates are Liquid, such as '{{{{ task.name }}}} {{{{ run.due_at | date: \"%Y-%m-%d\" }}}}'.");

    public static ReportException TemplateNeedsSplit(string text, string member) =>
        new(nameof(TemplateNeedsSplit), ReportErrorCategory.InvalidArgument, text,
            $"The template of {member} names 'split', and the report is not split. "
                + "Give -SplitBy, the column whose values the parts are made for, or leave it out.");

    public static ReportException FigureUnknown(string text, string member, string name, IReadOnlyList<string> known) =>
        new(nameof(FigureUnknown), ReportErrorCategory.InvalidArgument, text,
            $"The template of {member} names 'figures.{name}', which the report does not have.{NearMiss.Hint(name, known)} "
                + (known.Count == 0
                ? "Give -KeyFigure, such as @{ Revenue = 'sum(amount)' } for figures.revenue."
                : $"It has {EnglishText.List(known.Select(slug => $"figures.{slug}"), "and")}."));

    public static ReportException SplitFileNameSame(string text) =>
        new(nameof(SplitFileNameSame), ReportErrorCategory.InvalidArgument, text,
            $"With -SplitBy the files of all parts would be called '{text}'. "
                + $"Put something of the part into -FileName, such as '{text} {{{{ split.key }}}}', or leave -FileName out.");

    public static ReportException TemplateTooLong(string member, int length, int longest) =>
        new(nameof(TemplateTooLong), ReportErrorCategory.InvalidArgument, member,
            $"The template of {member} has {length:N0} characters, and {longest:N0} is the most. Make it shorter.");

    public static ReportException TemplateTooLarge(string text, string member, string what) =>
        new(nameof(TemplateTooLarge), ReportErrorCategory.InvalidArgument, text,
            $"The template of {member} cannot be used: {what}. Shorten it: it makes the text of a mail or a file name.");

    public static ReportException TemplateFailed(string text, string member, Exception problem) =>
        new(nameof(TemplateFailed), ReportErrorCategory.InvalidData, text,
            $"The template of {member} could not be rendered: {problem.Message.TrimEnd('.')}. Change it with Set-ReportTask.", problem);

    public static ReportException FileNameTooEarly(string text, string name) =>
        new(nameof(FileNameTooEarly), ReportErrorCategory.InvalidArgument, text,
            $"The file name '{text}' names '{name}', which is known behind the last row, and the file is begun before the first. "
                + "Put it into -Subject or -Body.");

    public static ReportException FileNameHasFolder(string text) =>
        new(nameof(FileNameHasFolder), ReportErrorCategory.InvalidArgument, text,
            $"'{text}' is not a file name: give the name alone, without folder, and the folder as -Destination.");

    public static ReportException FileNameFormatUnknown(string key) =>
        new(nameof(FileNameFormatUnknown), ReportErrorCategory.InvalidArgument, key,
            $"'{key}' in -FileName is not a format. The formats are {string.Join(", ", ExportFormats.Names)}.");
}
