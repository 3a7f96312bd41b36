using System.Text;
using System.Xml.Linq;

namespace ReportScheduler.Build;

/// <summary>The page of one cmdlet for the web, from the same text as its help.</summary>
internal static class MarkdownPage
{
    /// <param name="help">The help of a cmdlet, as <see cref="CmdletHelp.ToMaml"/> gives it.</param>
    /// <param name="groups">Its parameters by subject; empty for one list.</param>
    public static string Of(XElement help, IReadOnlyList<ParameterGroup> groups)
    {
        var outputs = help.Element(Maml.Command + "returnValues")!.Descendants(Maml.Text + "name").Select(output => $"`{output.Value}`")
            .ToList();
        string[] blocks =
        [
            $"# {Name(help)}",
            Escape(Synopsis(help)),
            "## Syntax",
            Code(string.Join("\n\n", help.Element(Maml.Command + "syntax")!.Elements().Select(Syntax))),
            "## Description",
            // the headings below say which parameters belong together
            .. Paragraphs(help.Element(Maml.Text + "description")).TakeWhile(text => text != CmdletHelp.OverviewTitle).Select(Escape),
            "## Examples",
            .. help.Descendants(Maml.Command + "example").SelectMany(Example),
            "## Parameters",
            .. Parameters(help, groups),
            "## Output",
            outputs.Count == 0 ? "None." : string.Join(", ", outputs),
        ];
        return string.Join("\n\n", blocks) + "\n";
    }

    /// <summary>The list of the pages, by noun.</summary>
    public static string Index(IEnumerable<XElement> helps)
    {
        string[] blocks =
        [
            "# Cmdlets",
            "One page per cmdlet. The build writes them from the doc comments, as it does the text of `Get-Help`; change them there.",
            "Which text a parameter takes (cron, durations, relative dates, highlight rules, templates and the rest) is in "
                + "[about\\_ReportScheduler\\_Grammar](../../src/ReportScheduler/Module/en-US/about_ReportScheduler_Grammar.help.txt).",
            .. helps.GroupBy(help => Name(help).Split('-')[1], StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
                .SelectMany(Table),
        ];
        return string.Join("\n\n", blocks) + "\n";
    }

    public static string Name(XElement help) => help.Element(Maml.Command + "details")!.Element(Maml.Command + "name")!.Value;

    private static string Synopsis(XElement help) =>
        string.Join(' ', Paragraphs(help.Element(Maml.Command + "details")!.Element(Maml.Text + "description")));

    private static string NameOf(XElement parameter) => parameter.Element(Maml.Text + "name")!.Value;

    // as many parameters on a line as a page is wide
    private static string Syntax(XElement set)
    {
        var lines = new List<string> { NameOf(set) };
        foreach (var parameter in set.Elements(Maml.Command + "parameter").Select(Usage))
        {
            if (lines[^1].Length + parameter.Length > 100)
            {
                lines.Add("   ");
            }

            lines[^1] += parameter;
        }

        return string.Join('\n', lines);
    }

    private static string Usage(XElement parameter)
    {
        var name = (string)parameter.Attribute("position")! == "named" ? $"-{NameOf(parameter)}" : $"[-{NameOf(parameter)}]";
        var text = parameter.Element(Maml.Command + "parameterValue") is { } value ? $"{name} <{value.Value}>" : name;
        return (bool)parameter.Attribute("required")! ? $" {text}" : $" [{text}]";
    }

    private static IEnumerable<string> Table(IGrouping<string, XElement> noun) =>
    [
        $"## {noun.Key}",
        "| cmdlet | what it does |\n| --- | --- |\n" + string.Join('\n',
            noun.OrderBy(Name, StringComparer.Ordinal).Select(help => $"| [{Name(help)}]({Name(help)}.md) | {Escape(Synopsis(help))} |")),
    ];

    private static IEnumerable<string> Example(XElement example) =>
        [Code(example.Element(Maml.Dev + "code")!.Value), .. Paragraphs(example.Element(Maml.Dev + "remarks")).Select(Escape)];

    private static IEnumerable<string> Parameters(XElement help, IReadOnlyList<ParameterGroup> groups)
    {
        var parameters = help.Element(Maml.Command + "parameters")!.Elements().ToList();
        return groups.Count == 0
            ? parameters.SelectMany(parameter => Parameter(parameter, "###"))
            : groups.SelectMany(group => group.Names
                .SelectMany(name => Parameter(parameters.Single(parameter => NameOf(parameter) == name), "####"))
                .Prepend($"### {group.Title}"));
    }

    private static IEnumerable<string> Parameter(XElement parameter, string heading)
    {
        var value = parameter.Element(Maml.Command + "parameterValue") is { } type ? $" <{type.Value}>" : "";
        string[] facts =
        [
            (bool)parameter.Attribute("required")! ? "Required" : "",
            (string)parameter.Attribute("position")! is var position and not "named" ? $"Position: {position}" : "",
            parameter.Element(Maml.Dev + "defaultValue")!.Value is { Length: > 0 } given ? $"Default: {Escape(given)}" : "",
            string.Join(", ", parameter.Elements(Maml.Command + "parameterValueGroup").Elements()
                .Select(each => $"`{each.Value}`")) is { Length: > 0 } values ? $"Values: {values}" : "",
            (string)parameter.Attribute("aliases")! is var aliases and not "none" ? $"Aliases: {aliases}" : "",
            (string)parameter.Attribute("pipelineInput")! is var input and not "false" ? $"Pipeline: {input["true (".Length..^1]}" : "",
        ];
        var list = string.Join(" · ", facts.Where(fact => fact.Length > 0));
        return [$"{heading} `-{NameOf(parameter)}{value}`", .. Paragraphs(parameter.Element(Maml.Text + "description")).Select(Escape),
            .. list.Length > 0 ? [list] : Array.Empty<string>()];
    }

    private static string Code(string text) => $"```powershell\n{text}\n```";

    private static IEnumerable<string> Paragraphs(XElement? element) =>
        element?.Elements(Maml.Text + "para").Select(paragraph => paragraph.Value) ?? [];

    // what would be markup is text
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var isList = i == 0 && text.StartsWith("- ", StringComparison.Ordinal);
            if (text[i] is '\\' or '`' or '*' or '_' or '<' or '>' or '[' or ']' or '|' or '#' && !isList)
            {
                escaped.Append('\\');
            }

            escaped.Append(text[i]);
        }

        return escaped.ToString();
    }
}
