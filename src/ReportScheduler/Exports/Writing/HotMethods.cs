using System.Reflection;
using System.Runtime.CompilerServices;

namespace ReportScheduler.Exports.Writing;

/// <summary>The methods of some types that every cell passes: those that are compiled with all optimizations at once.</summary>
internal sealed class HotMethods(params Type[] types)
{
    private int isPrepared;

    /// <summary>Compiles them, the first time, on another core while there is nothing to write yet: the
    /// first rows would wait for it.</summary>
    public void Prepare()
    {
        if (Interlocked.Exchange(ref isPrepared, 1) == 0)
        {
            _ = Task.Run(Compile);
        }
    }

    private void Compile()
    {
        foreach (var method in types.SelectMany(type => type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Instance
            | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)))
        {
            if (method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization))
            {
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
            }
        }
    }
}
