using System.Management.Automation;
using System.Management.Automation.Language;
using System.Xml.Linq;
using ReportScheduler.Tests.Support;

namespace ReportScheduler.Tests.Module;

/// <summary>What the build writes from the doc comments, and that <c>Get-Help</c> finds it.</summary>
public sealed class HelpTests
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XDocument File = XDocument.Load(Path.Combine(BuiltModule.Folder, "en-US", "ReportScheduler.dll-Help.xml"));

    public static TheoryData<string> Cmdlets => [.. Manifest.Cmdlets];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_cmdlet_has_a_synopsis_and_a_description(string cmdlet)
    {
        var help = Help(cmdlet);
        Assert.True(help.Element(Command + "details")!.Element(Maml + "description")!.Value.Length > 10, "no <summary>");
        Assert.True(help.Element(Maml + "description")!.Value.Length > 30, "no <remarks>");
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_cmdlet_has_an_example_that_parses(string cmdlet)
    {
        var examples = Help(cmdlet).Descendants(Command + "example").ToList();
        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            var code = example.Element(Dev + "code")!.Value;
            Parser.ParseInput(code, out _, out var errors);
            Assert.Empty(errors);
            Assert.Contains(cmdlet, code, StringComparison.Ordinal);
            Assert.True(example.Element(Dev + "remarks")!.Value.Length > 5, "nothing says what the example does");
        });
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_parameter_is_described(string cmdlet)
    {
        using var session = new PowerShellSession();
        var names = session.Run("(Get-Command $cmdlet).Parameters.Keys", new { cmdlet }).NoErrors().Output
            .Select(name => name.ToString()).Except(Cmdlet.CommonParameters);
        var described = Help(cmdlet).Element(Command + "parameters")!.Elements()
            .ToDictionary(parameter => parameter.Element(Maml + "name")!.Value,
                parameter => parameter.Element(Maml + "description")!.Value);
        Assert.All(names, name => Assert.True(described.GetValueOrDefault(name, "").Length > 5, $"-{name} is not described"));
    }

    [Fact]
    public void Get_Help_finds_it()
    {
        using var session = new PowerShellSession();
        var cmdlet = Manifest.Cmdlets[0];
        dynamic help = session.Run("Get-Help $cmdlet -Full", new { cmdlet }).Single();
        Assert.Equal(Help(cmdlet).Element(Command + "details")!.Element(Maml + "description")!.Value.Trim(),
            ((object)help.Synopsis).ToString()!.Trim());
        Assert.NotEmpty(session.Run("Get-Help $cmdlet -Parameter *").NoErrors().Output);
    }

    [Theory]
    [InlineData("New-ReportTask", "TimeZone", "this computer's")]
    [InlineData("New-ReportTask", "Retry", "3")]
    [InlineData("New-ReportTask", "To", "")]
    [InlineData("Set-ReportTask", "Retry", "")]
    [InlineData("Set-ReportTask", "TimeZone", "")]
    [InlineData("Invoke-ReportTask", "AsOf", "now")]
    [InlineData("Get-ReportTask", "Name", "all")]
    public void The_default_is_the_one_that_holds(string cmdlet, string parameter, string expected) =>
        Assert.Equal(expected, Help(cmdlet).Element(Command + "parameters")!.Elements()
            .Single(each => each.Element(Maml + "name")!.Value == parameter).Element(Dev + "defaultValue")!.Value);

    private static XElement Help(string cmdlet) =>
        File.Root!.Elements().Single(command => command.Element(Command + "details")!.Element(Command + "name")!.Value == cmdlet);
}
