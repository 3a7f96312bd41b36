using System.Reflection;

namespace ReportScheduler.Tests;

public sealed class CompiledAheadTests
{
    [Fact]
    public void No_method_is_kept_from_the_code_that_is_compiled_ahead() => Assert.Empty(typeof(ReportTask).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
            | BindingFlags.NonPublic))
        .Where(method => method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization))
        .Select(method => $"{method.DeclaringType}.{method.Name}"));
}
