using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ReportScheduler.Build;

/// <summary>The doc comments of the module, found by member.</summary>
internal sealed partial class DocComments(string path)
{
    private readonly Dictionary<string, XElement> members = XDocument.Load(path).Descendants("member")
        .ToDictionary(member => (string)member.Attribute("name")!, member => member, StringComparer.Ordinal);

    /// <summary>The comment of a type; an empty one when there is none.</summary>
    public XElement Of(Type type) => Find($"T:{type.FullName}");

    /// <summary>The comment of a property where it is declared, so that a base class describes its parameters once.</summary>
    public XElement Of(PropertyInfo property) => Find($"P:{property.DeclaringType!.FullName}.{property.Name}");

    /// <summary>The paragraphs of an element as plain text.</summary>
    public static IReadOnlyList<string> Paragraphs(XElement? element)
    {
        if (element is null)
        {
            return [];
        }

        // text outside of para elements is a paragraph too
        var text = string.Concat(element.Nodes()
            .Select(node => node is XElement { Name.LocalName: "para" or "list" } block ? $"\n\n{Text(block)}\n\n" : Text(node)));
        return [.. text.Split("\n\n").Select(OneLine).Where(paragraph => paragraph.Length > 0)];
    }

    /// <summary>The lines of a code element without the indentation they share.</summary>
    public static string Code(XElement element)
    {
        var lines = element.Value.Trim('\r', '\n').TrimEnd().Split('\n');
        // a first line that follows its tag has no indentation of its own
        var indented = lines.Length > 1 && lines[0] == lines[0].TrimStart() ? lines.Skip(1) : lines;
        var indent = indented.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n',
            lines.Select(line => line.Length > indent && line[..indent].Trim().Length == 0 ? line[indent..].TrimEnd() : line.Trim()));
    }

    private XElement Find(string id) => members.TryGetValue(id, out var member) ? member : new XElement("member");

    private static string Text(XNode node) => node switch
    {
        XText text => Blank().Replace(text.Value, " "),
        XElement { Name.LocalName: "see" or "seealso" } see => see.Value.Length > 0
            ? see.Value
            : Name((string?)see.Attribute("cref") ?? (string?)see.Attribute("langword") ?? (string)see.Attribute("href")!),
        XElement { Name.LocalName: "paramref" or "typeparamref" } reference => (string)reference.Attribute("name")!,
        XElement { Name.LocalName: "item" } item => $"\n\n- {string.Concat(item.Nodes().Select(Text)).Trim()}",
        XElement element => string.Concat(element.Nodes().Select(Text)),
        _ => "",
    };

    // a cmdlet is known by its verb and noun, anything else by its own name
    private static string Name(string reference)
    {
        var name = reference[(reference.LastIndexOf('.') + 1)..];
        return name.EndsWith("Command", StringComparison.Ordinal) ? VerbAndNoun().Replace(name[..^"Command".Length], "$1-$2", 1) : name;
    }

    private static string OneLine(string text) => Blank().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();

    [GeneratedRegex("^([A-Z][a-z]+)([A-Z])")]
    private static partial Regex VerbAndNoun();
}
