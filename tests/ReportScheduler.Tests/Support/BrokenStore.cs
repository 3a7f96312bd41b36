using System.Reflection;
using System.Runtime.ExceptionServices;
using ReportScheduler.Store;

namespace ReportScheduler.Tests.Support;

/// <summary>A store with a bug: some of its methods throw what nobody foresees. Or one at whose calls something happens.</summary>
public class BrokenStore : DispatchProxy
{
    private IReportStore real = null!;
    private Func<string, object?[], bool> throws = null!;
    private Action<string>? after;

    /// <param name="real">The store that does the work.</param>
    /// <param name="throws">Says by method and arguments whether a call throws.</param>
    /// <param name="after">Is told of each method that the store has carried out; null for nobody.</param>
    internal static IReportStore Of(IReportStore real, Func<string, object?[], bool> throws, Action<string>? after = null)
    {
        var store = Create<IReportStore, BrokenStore>();
        var broken = (BrokenStore)(object)store;
        (broken.real, broken.throws, broken.after) = (real, throws, after);
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (throws(targetMethod!.Name, args!))
        {
            throw new InvalidOperationException("a bug");
        }

        try
        {
            var answer = targetMethod.Invoke(real, args);
            after?.Invoke(targetMethod.Name);
            return answer;
        }
        catch (TargetInvocationException problem)
        {
            ExceptionDispatchInfo.Throw(problem.InnerException!);
            throw;
        }
    }
}
