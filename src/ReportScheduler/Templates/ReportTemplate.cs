using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Fluid;
using ReportScheduler.Conditions;

namespace ReportScheduler.Templates;

/// <summary>A Liquid template of a task: subject, body, file name.</summary>
/// <remarks>
/// What can be known before a run is refused by <see cref="Parse"/>: syntax, names that do not exist, filters that do
/// not exist, other files, long ranges, deep nesting, endless digits. Steps, filters and output are limited, so that rendering always ends.
/// </remarks>
internal sealed partial class ReportTemplate
{
    public const int LongestTemplate = 64 * 1024;

    /// <summary>What is nested in so short a text fits any stack.</summary>
    private const int ShallowText = 500;

    private const int MostKnown = 64;

    private static readonly FluidParser Parser = new();

    // the parts of a split report ask for the same few ones
    private static readonly ConcurrentDictionary<(string Text, string Member), ReportTemplate> Known = new();

    private readonly string text;
    private readonly string member;
    private readonly IFluidTemplate template;

    private readonly IReadOnlySet<string> figures;

    private ReportTemplate(string text, string member, IFluidTemplate template, TemplateRules rules) =>
        (this.text, this.member, this.template, Mentioned, Members, figures) =
            (text, member, template, rules.Mentioned, rules.Members, rules.Figures);

    /// <summary>The objects and lists that it names, such as task and rows.</summary>
    public IReadOnlySet<string> Mentioned { get; }

    /// <summary>The members of objects that it names, such as <c>run.changes</c>.</summary>
    public IReadOnlySet<string> Members { get; }

    /// <summary>Whether a text has anything of a template in it.</summary>
    public static bool IsMeant(string text) =>
        text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal);

    /// <param name="text">The Liquid text.</param>
    /// <param name="member">The member of the task it belongs to, for messages: <c>Subject</c>.</param>
    /// <exception cref="ReportException">It is not a template; the message names member, line and what is wrong.</exception>
    public static ReportTemplate Parse(string text, string member)
    {
        if (text.Length > LongestTemplate)
        {
            throw TemplateErrors.TemplateTooLong(member, text.Length, LongestTemplate);
        }

        if (HasDeepBrackets(text))
        {
            throw TemplateErrors.TemplateInvalid(text, member, 1,
                $"brackets stand more than {TemplateLimits.Depth} deep within one another");
        }

        if (Known.TryGetValue((text, member), out var known))
        {
            return known;
        }

        var template = text.Length <= ShallowText ? ParseShort(text, member) : DeepStack.Run(() => ParseShort(text, member));
        if (Known.Count >= MostKnown)
        {
            Known.Clear();
        }

        return Known[(text, member)] = template;
    }

    /// <summary>Parses, and renders without rows, so that a template which makes too
    /// much whatever the rows are is refused before a run.</summary>
    /// <exception cref="ReportException">It is not a template, or makes or takes too much.</exception>
    public static void Check(string text, string member, ReportTask task)
    {
        var template = Parse(text, member);
        if (task.SplitBy is null && template.Mentioned.Contains(TemplateModel.Split))
        {
            throw TemplateErrors.TemplateNeedsSplit(text, member);
        }

        var known = FigureDefinition.All(task).Select(figure => figure.Slug).ToList();
        if (template.figures.FirstOrDefault(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw TemplateErrors.FigureUnknown(text, member, unknown, known);
        }

        try
        {
            template.Write(
                new TemplateModel(task, new ReportRun { DueAt = task.CreatedAt }, CultureInfo.InvariantCulture, TimeZoneInfo.Utc),
                isHtml: false);
        }
        catch (TemplateTooLargeException problem)
        {
            throw TemplateErrors.TemplateTooLarge(text, member, problem.Message);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            // what else is wrong without rows may be right with them
        }
    }

    /// <summary>The text for a run. Nothing in it is escaped.</summary>
    /// <exception cref="ReportException">It divides by zero, names a column that is
    /// not there, or does not end within its limits.</exception>
    public string Render(TemplateModel model) => Render(model, isHtml: false);

    /// <summary>The HTML for a run: what the values are is escaped, unless the filter raw says otherwise.</summary>
    /// <exception cref="ReportException">It divides by zero, names a column that is
    /// not there, or does not end within its limits.</exception>
    public string RenderHtml(TemplateModel model) => Render(model, isHtml: true);

    /// <summary>The parser tries so many brackets in so many ways that it takes half a minute.</summary>
    private static bool HasDeepBrackets(string text)
    {
        var (depth, isTag) = (0, false);
        for (var place = 1; place < text.Length; place++)
        {
            (depth, isTag) = (text[place - 1], text[place]) switch
            {
                ('{', '{' or '%') => (0, true),
                ('}' or '%', '}') => (0, false),
                (_, '(' or '[') when isTag => (depth + 1, true),
                (_, ')' or ']') when isTag => (depth - 1, true),
                _ => (depth, isTag),
            };
            if (depth > TemplateLimits.Depth)
            {
                return true;
            }
        }

        return false;
    }

    private static ReportTemplate ParseShort(string text, string member)
    {
        if (!Parser.TryParse(text, out var template, out var problem))
        {
            var place = Place().Match(problem);
            var line = place.Success ? int.Parse(place.Groups["line"].Value, CultureInfo.InvariantCulture) : 1;
            throw TemplateErrors.TemplateInvalid(text, member, line, (place.Success ? problem[..place.Index] : problem).Trim());
        }

        var rules = new TemplateRules(text, member);
        rules.VisitTemplate(template);
        return new ReportTemplate(text, member, new TemplateRewriter().VisitTemplate(template), rules);
    }

    private string Render(TemplateModel model, bool isHtml)
    {
        try
        {
            return Write(model, isHtml);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            throw TemplateErrors.TemplateFailed(text, member, problem);
        }
    }

    private string Write(TemplateModel model, bool isHtml)
    {
        using var output = new TemplateOutput();
        template.RenderAsync(output, model.Context(isHtml), isHtml ? TemplateLimits.Html : NullEncoder.Default, isolateContext: false)
            .AsTask().GetAwaiter().GetResult();
        return output.ToString();
    }

    [GeneratedRegex(@"\s+at \((?<line>\d+):\d+\)")]
    private static partial Regex Place();
}
