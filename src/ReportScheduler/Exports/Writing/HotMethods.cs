using System.Reflection;
using System.Runtime.CompilerServices;

namespace ReportScheduler.Exports.Writing;

/// <summary>The methods that every cell passes, which are compiled with all optimizations at once.</summary>
internal static class HotMethods
{
    /// <summary>Compiles those of some types, while the thread has nothing to write yet: the first rows would wait for it.</summary>
    public static void Prepare(params ReadOnlySpan<Type> types)
    {
        foreach (var type in types)
        {
            foreach (var method in type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static
                | BindingFlags.Public | BindingFlags.NonPublic))
            {
                if ((method.MethodImplementationFlags & MethodImplAttributes.AggressiveOptimization) != 0)
                {
                    RuntimeHelpers.PrepareMethod(method.MethodHandle);
                }
            }
        }
    }
}
