using System.Text.RegularExpressions;
using Fluid;

namespace ReportScheduler.Tasks;

/// <summary>A Liquid template of a task: subject, body, file name.</summary>
/// <remarks>
/// What can be known before a run is refused by <see cref="Parse"/>: syntax, names that do not exist, filters that do
/// not exist, other files, long ranges. Steps and output are limited, so that rendering always ends.
/// </remarks>
internal sealed partial class ReportTemplate
{
    public const int LongestTemplate = 64 * 1024;

    private static readonly FluidParser Parser = new();

    private readonly string text;
    private readonly string member;
    private readonly IFluidTemplate template;

    private ReportTemplate(string text, string member, IFluidTemplate template) =>
        (this.text, this.member, this.template) = (text, member, template);

    /// <param name="text">The Liquid text.</param>
    /// <param name="member">The member of the task it belongs to, for messages: <c>Subject</c>.</param>
    /// <exception cref="ReportException">It is not a template; the message names member, line and what is wrong.</exception>
    public static ReportTemplate Parse(string text, string member)
    {
        if (text.Length > LongestTemplate)
        {
            throw ReportError.TemplateTooLong(member, text.Length, LongestTemplate);
        }

        if (!Parser.TryParse(text, out var template, out var problem))
        {
            var place = Place().Match(problem);
            var line = place.Success ? int.Parse(place.Groups["line"].Value, System.Globalization.CultureInfo.InvariantCulture) : 1;
            throw ReportError.TemplateInvalid(text, member, line, (place.Success ? problem[..place.Index] : problem).Trim());
        }

        new TemplateRules(text, member).VisitTemplate(template);
        return new ReportTemplate(text, member, template);
    }

    /// <summary>The text for a run. Nothing in it is escaped.</summary>
    /// <exception cref="ReportException">It divides by zero, names a column that is not there, or does not end within its limits.</exception>
    public string Render(TemplateModel model)
    {
        try
        {
            return template.Render(TemplateLimits.Context(model), TemplateLimits.Output(), isolateContext: false);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            throw ReportError.TemplateFailed(text, member, problem);
        }
    }

    [GeneratedRegex(@"\s+at \((?<line>\d+):\d+\)")]
    private static partial Regex Place();
}
