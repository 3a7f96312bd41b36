using System.Reflection;
using ReportScheduler.Stores;

namespace ReportScheduler.Tests.Stores;

public sealed class ProtectedTextsTests
{
    // a new one that is not among them would stay behind when a store is moved, and be lost with an old key
    [Fact]
    public void Every_protected_member_of_every_definition_is_one()
    {
        var members = typeof(ReportConnection).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
            .Where(member => member.Name.StartsWith("Protected", StringComparison.Ordinal))
            .ToLookup(member => member.DeclaringType!);
        Assert.Equal(5, members.Sum(type => type.Count()));
        Assert.All(members, type =>
        {
            var definition = Activator.CreateInstance(type.Key)!;
            Assert.Empty(ProtectedTexts.In(definition));
            Assert.All(type, member => member.SetValue(definition, member.Name));
            Assert.Equal(type.Select(member => member.Name).Order(), ProtectedTexts.In(definition).Order());
            ProtectedTexts.Change(definition, text => text + "!");
            Assert.All(type, member => Assert.Equal($"{member.Name}!", member.GetValue(definition)));
        });
    }
}
