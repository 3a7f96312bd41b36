using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace ReportScheduler.Build;

/// <summary>The libraries that ship with the module: name, version, licence, copyright
/// and where each comes from, as its own package says.</summary>
internal static class ThirdPartyNotices
{
    private static readonly string[] Kinds = ["runtime", "runtimeTargets", "native"];

    /// <param name="dependencies">The .deps.json beside the module.</param>
    /// <param name="packages">The folder in which NuGet keeps its packages.</param>
    public static string From(string dependencies, string packages)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(dependencies));
        var root = json.RootElement;
        var shipped = root.GetProperty("targets").EnumerateObject().SelectMany(target => target.Value.EnumerateObject())
            .Where(library => HasFiles(library.Value))
            .Select(library => library.Name)
            .Where(name => root.GetProperty("libraries").GetProperty(name).GetProperty("type").GetString() == "package")
            .Distinct()
            .Order(StringComparer.OrdinalIgnoreCase);
        var text = new StringBuilder();
        text.Append("ReportScheduler ships with the libraries below. Each line is what the library's own package says; "
            + "licence texts that a package\n");
        text.Append("carries follow it, those of MIT and Apache-2.0 are in this folder. The font Inter is in Inter-OFL.txt.\n");
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in shipped)
        {
            Add(text, told, name, Path.Combine([packages, .. name.ToLowerInvariant().Split('/')]));
        }

        return text.ToString();
    }

    private static bool HasFiles(JsonElement library) =>
        Kinds.Any(
            kind => library.TryGetProperty(kind, out var files)
                && files.EnumerateObject().Any(file => !file.Name.EndsWith("_._", StringComparison.Ordinal)));

    // texts that several packages carry stand once
    private static void Add(StringBuilder text, Dictionary<string, string> told, string name, string folder)
    {
        var metadata = XDocument.Load(Directory.GetFiles(folder, "*.nuspec").Single()).Root!.Elements()
            .Single(element => element.Name.LocalName == "metadata");
        string? Value(string element) => metadata.Elements().FirstOrDefault(child => child.Name.LocalName == element)?.Value.Trim();
        var licence = metadata.Elements().FirstOrDefault(child => child.Name.LocalName == "license");
        var isFile = (string?)licence?.Attribute("type") == "file";
        text.Append(CultureInfo.InvariantCulture, $"\n{new string('-', 80)}\n{name.Replace('/', ' ')}\n");
        text.Append(CultureInfo.InvariantCulture,
            $"Licence: {(isFile ? "see below" : licence?.Value ?? Value("licenseUrl") ?? "not said")}\n");
        text.Append(CultureInfo.InvariantCulture, $"Copyright: {Value("copyright") ?? Value("authors")}\n");
        if ((Value("projectUrl")
            ?? (string?)metadata.Elements().FirstOrDefault(child => child.Name.LocalName == "repository")?.Attribute("url")) is { } address)
        {
            text.Append(CultureInfo.InvariantCulture, $"From: {address}\n");
        }

        foreach (var content in Texts(folder, isFile ? licence!.Value : null)
            .Select(file => File.ReadAllText(file).ReplaceLineEndings("\n").Trim()))
        {
            if (told.TryGetValue(content, out var before))
            {
                text.Append(CultureInfo.InvariantCulture, $"\nThe text that follows {before}.\n");
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\n{content}\n");
            }

            told.TryAdd(content, name.Replace('/', ' '));
        }
    }

    private static IEnumerable<string> Texts(string folder, string? named) =>
        Directory.GetFiles(folder).Append(named is null ? null : Path.Combine([folder, .. named.Split('\\', '/')]))
            .OfType<string>()
            .Where(file => file.EndsWith(named ?? "/", StringComparison.OrdinalIgnoreCase)
                || Path.GetFileNameWithoutExtension(file)
                    .ToUpperInvariant() is "LICENSE" or "LICENCE" or "THIRD-PARTY-NOTICES" or "THIRDPARTYNOTICES" or "NOTICE")
            .Distinct()
            .Where(File.Exists)
            .Order(StringComparer.Ordinal);
}
