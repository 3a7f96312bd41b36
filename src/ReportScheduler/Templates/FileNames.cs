using System.Collections;
using System.Text;
using System.Text.RegularExpressions;
using ReportScheduler.Exports;
using ReportScheduler.Exports.Writing;

namespace ReportScheduler.Templates;

/// <summary>File names from a task's templates, safe on Windows and Unix alike and without any folder in them.</summary>
internal static partial class FileNames
{
    /// <summary>Leaves room within the 255 bytes of file systems for the name of a dataset, a number and an extension.</summary>
    public const int LongestStem = 150;

    private const string Default = "{{ task.name }} {{ run.due_at | date: '%Y-%m-%d' }}";

    private static readonly HashSet<string> Reserved = new(
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })],
        StringComparer.OrdinalIgnoreCase);

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
            var plain = Tags().Replace(text, "");
            if (plain.IndexOfAny(['/', '\\']) >= 0 || text.Trim() is "." or ".." or "")
            {
                throw TemplateErrors.FileNameHasFolder(text);
            }
        }
    }

    /// <returns>A name with the extension of the format and without folder.</returns>
    public static string Render(ReportTask task, TemplateModel model, ReportFormat format)
    {
        var wanted = ExportFormats.Of(format);
        var name = ReportTemplate.Parse(TemplateOf(task, wanted), nameof(ReportTask.FileName)).Render(model);
        var extension = wanted.ExtensionOf(task);
        var given = ((string[])[extension, wanted.Extension]).FirstOrDefault(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));
        return Safe(given is null ? name : name[..^given.Length]) + extension;
    }

    /// <summary>The text as a file name without extension: what no file system takes becomes <c>_</c>.</summary>
    public static string Safe(string text)
    {
        var name = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var kept = Rune.IsControl(rune) || "<>:\"/\\|?*\uFFFD".Contains(rune.ToString(), StringComparison.Ordinal)
                || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Format ? new Rune('_') : rune;
            bytes += kept.Utf8SequenceLength;
            if (bytes > LongestStem)
            {
                break;
            }

            name.Append(kept.ToString());
        }

        // Windows drops dots and spaces at the end and reserves device names whatever follows the first dot.
        var safe = name.ToString().TrimEnd('.', ' ').TrimStart(' ');
        var device = safe.Split('.')[0].TrimEnd();
        return safe.Length == 0 ? "report" : safe[0] == '.' || Reserved.Contains(device) ? "_" + safe : safe;
    }

    private static string TemplateOf(ReportTask task, ExportFormat format) => task.FileName switch
    {
        IDictionary perFormat => perFormat.Keys.Cast<object>()
            .Where(key => string.Equals(key.ToString(), format.Name, StringComparison.OrdinalIgnoreCase))
            .Select(key => perFormat[key]?.ToString()).FirstOrDefault() ?? Default,
        { } text => text.ToString() ?? Default,
        null => Default,
    };

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}", RegexOptions.Singleline)]
    private static partial Regex Tags();
}
