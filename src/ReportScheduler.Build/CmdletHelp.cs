using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ReportScheduler.Build;

/// <summary>The help of one cmdlet: its doc comments, and what the engine knows of its parameters.</summary>
internal sealed partial class CmdletHelp
{
    /// <summary>What stands above the list of the subjects.</summary>
    public const string OverviewTitle = "The parameters by subject:";

    private readonly Type type;
    private readonly DocComments comments;
    private readonly CmdletAttribute cmdlet;
    private readonly CmdletInfo info;
    private readonly object defaults;

    public CmdletHelp(Type type, DocComments comments)
    {
        this.type = type;
        this.comments = comments;
        cmdlet = type.GetCustomAttribute<CmdletAttribute>()!;
        info = new CmdletInfo($"{cmdlet.VerbName}-{cmdlet.NounName}", type);
        defaults = Activator.CreateInstance(type)!;
    }

    public XElement ToMaml()
    {
        var comment = comments.Of(type);
        return new XElement(
            Maml.Command + "command",
            new XElement(
                Maml.Command + "details",
                new XElement(Maml.Command + "name", info.Name),
                Maml.Description(DocComments.Paragraphs(comment.Element("summary"))),
                new XElement(Maml.Command + "verb", cmdlet.VerbName),
                new XElement(Maml.Command + "noun", cmdlet.NounName)),
            Maml.Description([.. DocComments.Paragraphs(comment.Element("remarks")), .. Overview()]),
            new XElement(Maml.Command + "syntax", info.ParameterSets.Select(Syntax)),
            new XElement(Maml.Command + "parameters", Described().Select(parameter => Parameter(parameter))),
            new XElement(Maml.Command + "inputTypes"),
            new XElement(Maml.Command + "returnValues",
                info.OutputType.Select(output => new XElement(Maml.Command + "returnValue", Maml.Type(output.Name)))),
            new XElement(Maml.Command + "examples", comment.Elements("example").Select(Example)));
    }

    /// <summary>The groups of the parameters by subject, in words; nothing where they are few.</summary>
    private IEnumerable<string> Overview()
    {
        var groups = Groups();
        return groups.Count == 0
            ? []
            : groups.Select(group => $"{group.Title}: {string.Join(", ", group.Names.Select(name => "-" + name))}.").Prepend(OverviewTitle);
    }

    /// <summary>The parameters by subject; none where they are few.</summary>
    public IReadOnlyList<ParameterGroup> Groups() => ParameterGroup.Of(cmdlet.NounName, [.. Named().Select(parameter => parameter.Name)]);

    // parameters that stand in several sets are described once
    private IEnumerable<CommandParameterInfo> Named() => info.ParameterSets
        .SelectMany(set => set.Parameters)
        .Where(IsOurs)
        .DistinctBy(parameter => parameter.Name)
        .OrderBy(parameter => parameter.Name, StringComparer.Ordinal);

    // by subject where there are many, else by name
    private IEnumerable<CommandParameterInfo> Described()
    {
        var order = Groups().SelectMany(group => group.Names).ToList();
        return Named().OrderBy(parameter => order.IndexOf(parameter.Name));
    }

    private XElement Syntax(CommandParameterSetInfo set) => new(
        Maml.Command + "syntaxItem",
        Maml.Name(info.Name),
        set.Parameters.Where(IsOurs)
            .OrderBy(parameter => parameter.Position < 0 ? int.MaxValue : parameter.Position)
            .ThenByDescending(parameter => parameter.IsMandatory)
            .Select(Parameter));

    private XElement Parameter(CommandParameterInfo parameter)
    {
        var property = type.GetProperty(parameter.Name);
        var description = property is null ? Common(parameter.Name) : DocComments.Paragraphs(comments.Of(property).Element("summary"));
        return new XElement(
            Maml.Command + "parameter",
            new XAttribute("required", parameter.IsMandatory),
            new XAttribute("globbing", parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any()),
            new XAttribute("pipelineInput", Pipeline(parameter)),
            new XAttribute("position", parameter.Position < 0 ? "named" : parameter.Position.ToString(CultureInfo.InvariantCulture)),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            Maml.Name(parameter.Name),
            Maml.Description(description),
            Values(parameter.ParameterType),
            Maml.Type(TypeName(parameter.ParameterType)),
            new XElement(Maml.Dev + "defaultValue",
                property is null || parameter.IsMandatory ? "" : Default(property, string.Join(' ', description))));
    }

    private static IEnumerable<XElement> Values(Type type)
    {
        var single = Nullable.GetUnderlyingType(type.IsArray ? type.GetElementType()! : type)
            ?? (type.IsArray ? type.GetElementType()! : type);
        if (type != typeof(SwitchParameter))
        {
            yield return new XElement(Maml.Command + "parameterValue", new XAttribute("required", true), TypeName(type));
        }

        if (single.IsEnum)
        {
            yield return new XElement(Maml.Command + "parameterValueGroup",
                Enum.GetNames(single).Select(name => new XElement(Maml.Command + "parameterValue", name)));
        }
    }

    // what the text says wins over what the property has; a Set- cmdlet changes nothing that is not given
    private string Default(PropertyInfo property, string description)
    {
        if (cmdlet.VerbName == VerbsCommon.Set && property.DeclaringType!.Name != "ReportCommand")
        {
            return "";
        }

        return SaidDefault().Match(description) is { Success: true } said ? said.Groups["value"].Value
            : property.PropertyType == typeof(SwitchParameter) || !property.CanRead ? ""
            : property.GetValue(defaults) switch
            {
                TimeSpan { Ticks: 0 } or DateTime { Ticks: 0 } => "",
                Array items => string.Join(", ", items.Cast<object>()),
                var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
            };
    }

    private static XElement Example(XElement example, int index) => new(
        Maml.Command + "example",
        new XElement(Maml.Text + "title", $"---------- Example {index + 1} ----------"),
        new XElement(Maml.Dev + "code", string.Join('\n', example.Elements("code").Select(DocComments.Code))),
        new XElement(Maml.Dev + "remarks", Maml.Paragraphs(DocComments.Paragraphs(WithoutCode(example)))));

    private static XElement WithoutCode(XElement example) =>
        new("example", example.Nodes().Where(node => node is not XElement { Name.LocalName: "code" }));

    private static string Pipeline(CommandParameterInfo parameter) =>
        (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
    {
        (true, true) => "true (ByValue, ByPropertyName)",
        (true, false) => "true (ByValue)",
        (false, true) => "true (ByPropertyName)",
        _ => "false",
    };

    private static string TypeName(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsArray: true } array => TypeName(array.GetElementType()!) + "[]",
        var plain => plain.Name,
    };

    private static IReadOnlyList<string> Common(string name) => name switch
    {
        "WhatIf" => ["Shows what would happen and changes nothing."],
        _ => ["Asks before anything is changed."],
    };

    [GeneratedRegex(@"\bDefault: (?<value>.+?)\.(\s|$)")]
    private static partial Regex SaidDefault();

    private static bool IsOurs(CommandParameterInfo parameter) => !Cmdlet.CommonParameters.Contains(parameter.Name);
}
