using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using ReportScheduler.Exports;
using ReportScheduler.Exports.Writing;
using ReportScheduler.Files;
using ReportScheduler.Rows.Spool;

namespace ReportScheduler.Templates;

/// <summary>File names from a task's templates, safe on Windows and Unix alike and without any folder in them.</summary>
internal static partial class FileNames
{
    private const string Default = "{{ task.name }} {{ run.due_at | date: '%Y-%m-%d' }}";
    private const string DefaultOfPart = "{{ task.name }} {{ split.key }} {{ run.due_at | date: '%Y-%m-%d' }}";

    /// <summary>The format of a name, or of the extension of its files.</summary>
    /// <exception cref="ReportException">There is none of that name.</exception>
    public static ReportFormat FormatOf(string name) =>
        (ExportFormats.Named(name) ?? ExportFormats.WithExtension(name) ?? throw TemplateErrors.FormatUnknown(name)).Format;

    /// <exception cref="ReportException">A template is wrong, has a folder in it, or is for something that is not a format.</exception>
    public static void Check(ReportTask task)
    {
        if (task.FileName is IDictionary perFormat)
        {
            foreach (var key in perFormat.Keys)
            {
                if (ExportFormats.Named($"{key}") is null)
                {
                    throw TemplateErrors.FileNameFormatUnknown($"{key}");
                }
            }
        }

        foreach (var format in ExportFormats.All)
        {
            var text = TemplateOf(task, format);
            ReportTemplate.Check(text, nameof(ReportTask.FileName), task);
            if (task.SplitBy is not null
                && !ReportTemplate.Parse(text, nameof(ReportTask.FileName)).Mentioned.Contains(TemplateModel.Split))
            {
                throw TemplateErrors.SplitFileNameSame(text);
            }

            // names are given before the rows have come
            if (ReportTemplate.Parse(text, nameof(ReportTask.FileName)).Mentioned.FirstOrDefault(
                name => name is TemplateModel.Figures or TemplateModel.Totals) is { } late)
            {
                throw TemplateErrors.FileNameTooEarly(text, late);
            }

            var plain = Tags().Replace(text, "");
            if (plain.IndexOfAny(['/', '\\']) >= 0 || text.Trim() is "." or ".." or "")
            {
                throw TemplateErrors.FileNameHasFolder(text);
            }
        }
    }

    /// <summary>The templates of the files that a task makes.</summary>
    public static IEnumerable<string> Texts(ReportTask task) => ExportFormats.Of(task).Select(format => TemplateOf(task, format));

    /// <summary>The name of a file of a run, or of a part of it.</summary>
    /// <remarks>The usual name is made without the template engine, which costs the first file of a process as much as a thousand
    /// rows do, and each of hundreds of parts a third of a millisecond.</remarks>
    /// <param name="task">The task.</param>
    /// <param name="run">The run.</param>
    /// <param name="culture">For month names and numbers.</param>
    /// <param name="zone">For dates.</param>
    /// <param name="format">The format of the file.</param>
    /// <param name="part">The part of a split report; null for none.</param>
    /// <returns>A name with the extension of the format and without folder.</returns>
    public static string Render(
        ReportTask task, ReportRun run, CultureInfo culture, TimeZoneInfo zone, ReportFormat format, SplitPart? part = null) =>
        IsDefault(task, format) && culture.Calendar is GregorianCalendar
            ? Named(task, ExportFormats.Of(format), string.Create(CultureInfo.InvariantCulture,
                $"{task.Name} {(task.SplitBy is null ? "" : $"{part?.Shown} ")}{TimeZoneInfo.ConvertTime(run.DueAt, zone):yyyy-MM-dd}"))
            : Render(task, Model(task, run, culture, zone, part), format);

    /// <returns>A name with the extension of the format and without folder.</returns>
    public static string Render(ReportTask task, TemplateModel model, ReportFormat format)
    {
        var wanted = ExportFormats.Of(format);
        return Named(task, wanted, ReportTemplate.Parse(TemplateOf(task, wanted), nameof(ReportTask.FileName)).Render(model));
    }

    // apart, so that the template engine is not loaded for nothing
    private static TemplateModel Model(ReportTask task, ReportRun run, CultureInfo culture, TimeZoneInfo zone, SplitPart? part) =>
        new(task, run, culture, zone, split: part);

    private static string Named(ReportTask task, ExportFormat wanted, string name)
    {
        var extension = wanted.ExtensionOf(task);
        var given = ((string[])[extension, wanted.Extension]).FirstOrDefault(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));
        return SafeName.Of(given is null ? name : name[..^given.Length]) + extension;
    }

    /// <summary>Whether the files of a format have the name that is given to them here, and not one that the task asks for.</summary>
    public static bool IsDefault(ReportTask task, ReportFormat format) => TemplateOf(task, ExportFormats.Of(format)) == DefaultOf(task);

    private static string DefaultOf(ReportTask task) => task.SplitBy is null ? Default : DefaultOfPart;

    private static string TemplateOf(ReportTask task, ExportFormat format) => task.FileName switch
    {
        IDictionary perFormat => perFormat.Keys.Cast<object>()
            .Where(key => string.Equals(key.ToString(), format.Name, StringComparison.OrdinalIgnoreCase))
            .Select(key => perFormat[key]?.ToString()).FirstOrDefault() ?? DefaultOf(task),
        { } text => text.ToString() ?? DefaultOf(task),
        null => DefaultOf(task),
    };

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}", RegexOptions.Singleline)]
    private static partial Regex Tags();
}
