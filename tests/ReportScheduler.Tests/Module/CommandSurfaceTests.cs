using System.Management.Automation;
using System.Reflection;
using ReportScheduler.Commands;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Module;

/// <summary>What scripts rely on, as text under version control: a change of it is seen in review.</summary>
/// <remarks>
/// After a wanted change: <c>REPORTSCHEDULER_UPDATE_SURFACE=1 dotnet test --project tests/ReportScheduler.Tests -- --filter-class
/// "*CommandSurfaceTests"</c>, which writes <c>CommandSurface.txt</c> and <c>PublicAPI.Unshipped.txt</c>.
/// </remarks>
public sealed class CommandSurfaceTests
{
    private static readonly string Recorded = Path.Combine(BuiltModule.Root, "tests/ReportScheduler.Tests/Module/CommandSurface.txt");

    [Fact]
    public void The_command_surface_is_the_recorded_one() => Compare(Recorded, Surface());

    /// <summary>The build compares them too (RS0016 and RS0017), where analyzers run.</summary>
    [Fact]
    public void The_public_types_are_the_recorded_ones() =>
        Compare(Path.Combine(BuiltModule.Root, "src/ReportScheduler/PublicAPI.Unshipped.txt"), PublicSurface.Text());

    private static void Compare(string file, string text)
    {
        if (Environment.GetEnvironmentVariable("REPORTSCHEDULER_UPDATE_SURFACE") == "1")
        {
            File.WriteAllText(file, text);
        }

        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), text);
    }

    [Fact]
    public void The_manifest_exports_every_cmdlet_in_alphabetical_order() =>
        Assert.Equal(Cmdlets().Select(cmdlet => cmdlet.Name).Order(StringComparer.OrdinalIgnoreCase), Manifest.Cmdlets);

    /// <summary>A new one needs [FlagTransformation] or [ValueTransformation]: PowerShell drops what it cannot convert.</summary>
    [Fact]
    public void Every_flag_of_every_cmdlet_and_every_piped_number_and_word_is_converted_or_refused()
    {
        var parameters = typeof(ReportCommand).Assembly.GetExportedTypes()
            .Where(type => type.IsDefined(typeof(CmdletAttribute), inherit: false))
            .SelectMany(type => type.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute))),
                (type, property) => (type, property))
            .ToList();
        var (unguarded, flags) = (new List<string>(), 0);
        foreach (var (type, property) in parameters)
        {
            var plain = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            var isFlag = plain == typeof(bool) || plain == typeof(SwitchParameter);
            flags += isFlag ? 1 : 0;
            var isPiped = property.GetCustomAttributes<ParameterAttribute>().Any(attribute => attribute.ValueFromPipelineByPropertyName);
            var isGuarded = isFlag ? property.GetCustomAttribute<FlagTransformationAttribute>()?.Type == property.PropertyType
                : !isPiped || !plain.IsValueType
                || property.GetCustomAttribute<ValueTransformationAttribute>()?.Type == property.PropertyType
                || property.IsDefined(typeof(DurationTransformationAttribute))
                || property.IsDefined(typeof(InstantTransformationAttribute));
            if (!isGuarded)
            {
                unguarded.Add($"{type.Name}.{property.Name}");
            }
        }

        Assert.Empty(unguarded);
        Assert.InRange(flags, 30, 300);
    }

    private static IEnumerable<CmdletInfo> Cmdlets() => typeof(ReportCommand).Assembly.GetExportedTypes()
        .Where(type => type.IsDefined(typeof(CmdletAttribute), inherit: false))
        .Select(type => new CmdletInfo(
            type.GetCustomAttribute<CmdletAttribute>()!.VerbName + "-" + type.GetCustomAttribute<CmdletAttribute>()!.NounName, type));

    private static string Surface()
    {
        var cmdlets = Cmdlets().OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal).SelectMany(Lines);
        var types = typeof(ReportCommand).Assembly.GetExportedTypes()
            .Where(type => type.Namespace != typeof(ReportCommand).Namespace)
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(Lines);
        var errors = typeof(ReportCommand).Assembly.GetTypes()
            .Where(type => type.IsAbstract && type.IsSealed && type.Name.EndsWith("Errors", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public))
            .Where(method => method.ReturnType == typeof(ReportException))
            .Select(method => $"  {method.Name}")
            .Distinct()
            .Order(StringComparer.Ordinal);
        return string.Join('\n', cmdlets.Concat(types).Append("error ids").Concat(errors)) + '\n';
    }

    private static IEnumerable<string> Lines(CmdletInfo cmdlet) =>
    [
        $"{cmdlet.Name} -> {string.Join(", ", cmdlet.OutputType.Select(type => type.Name))}",
        .. cmdlet.ParameterSets.OrderBy(set => set.Name, StringComparer.Ordinal).SelectMany(Lines),
        "",
    ];

    private static IEnumerable<string> Lines(CommandParameterSetInfo set) =>
    [
        $"  set {set.Name}{(set.IsDefault ? " (default)" : "")}",
        .. set.Parameters
            .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
            .Select(Line),
    ];

    private static string Line(CommandParameterInfo parameter)
    {
        var marks = new[]
        {
            parameter.IsMandatory ? "mandatory" : null,
            parameter.Position >= 0 ? FormattableString.Invariant($"position {parameter.Position}") : null,
            parameter.ValueFromPipeline ? "pipeline" : null,
            parameter.ValueFromPipelineByPropertyName ? "by name" : null,
            parameter.Aliases.Count > 0 ? $"aliases {string.Join(' ', parameter.Aliases)}" : null,
        };
        var shown = string.Join(", ", marks.Where(mark => mark is not null));
        return $"    -{parameter.Name} <{Name(parameter.ParameterType)}> {shown}".TrimEnd();
    }

    // the types that people get and name: the values of an enum, else the members
    private static IEnumerable<string> Lines(Type type)
    {
        IEnumerable<string> members = type.IsEnum
            ? Enum.GetNames(type)
            : type.GetProperties().Where(property => property.DeclaringType == type)
                .Select(property => $"{property.Name} <{Name(property.PropertyType)}>").Order(StringComparer.Ordinal);
        return [type.FullName!, .. members.Select(member => $"  {member}"), ""];
    }

    private static string Name(Type type) => Nullable.GetUnderlyingType(type) is { } value ? $"{value.Name}?" : type.Name;
}
