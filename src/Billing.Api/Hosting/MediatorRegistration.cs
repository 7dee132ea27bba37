using MediatR;

namespace Billing.Api.Hosting;

/// <summary>
/// Registers MediatR's mediator and our handlers. MediatR's own registration package is not the same from version to
/// version; a handler's interface is.
/// </summary>
public static class MediatorRegistration
{
    public static void AddMediator(this IServiceCollection services)
    {
        foreach (var handler in typeof(MediatorRegistration).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false }))
        {
            foreach (var contract in handler.GetInterfaces().Where(IsHandler)) services.AddSingleton(contract, handler);
        }
        services.AddSingleton<IMediator>(provider => new Mediator(provider.GetService!));
    }

    private static bool IsHandler(Type contract) =>
        contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>);
}
